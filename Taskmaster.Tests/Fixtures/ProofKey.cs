using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NSec.Cryptography;

namespace Taskmaster.Tests.Fixtures;

/// <summary>A client's key, and the proofs that it makes with it (RFC 9449 §4.2), right ones unless a test changes them.</summary>
public sealed class ProofKey
{
    private readonly string _algorithm;
    private readonly JsonObject _jwk;
    private readonly Func<byte[], byte[]> _sign;

    private ProofKey(string algorithm, JsonObject jwk, Func<byte[], byte[]> sign)
    {
        (_algorithm, _jwk, _sign) = (algorithm, jwk, sign);
        var members = new JsonObject(jwk.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        Thumbprint = Hash(members.ToJsonString());
    }

    public string Thumbprint { get; }

    /// <summary>The last that a server gave out.</summary>
    public string? Nonce { get; set; }

    public static ProofKey Es256()
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new(
            "ES256",
            new()
            {
                ["kty"] = "EC",
                ["crv"] = "P-256",
                ["x"] = Base64Url.EncodeToString(point.X),
                ["y"] = Base64Url.EncodeToString(point.Y),
            },
            signed => key.SignData(signed, HashAlgorithmName.SHA256));
    }

    public static ProofKey Rs256(int bits = 2048)
    {
        var key = RSA.Create(bits);
        var numbers = key.ExportParameters(includePrivateParameters: false);
        return new(
            "RS256",
            new()
            {
                ["kty"] = "RSA",
                ["n"] = Base64Url.EncodeToString(numbers.Modulus),
                ["e"] = Base64Url.EncodeToString(numbers.Exponent),
            },
            signed => key.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    public static ProofKey Ed25519(string algorithm = "EdDSA")
    {
        var key = Key.Create(SignatureAlgorithm.Ed25519);
        var point = key.PublicKey.Export(KeyBlobFormat.RawPublicKey);
        return new(
            algorithm,
            new() { ["kty"] = "OKP", ["crv"] = "Ed25519", ["x"] = Base64Url.EncodeToString(point) },
            signed => SignatureAlgorithm.Ed25519.Sign(key, signed));
    }

    /// <param name="method">Of the request.</param>
    /// <param name="uri">Of the request, without its query.</param>
    /// <param name="now">When it is made.</param>
    /// <param name="token">The access token that it is sent with.</param>
    /// <param name="claims">Changes what it says.</param>
    /// <param name="header">Changes its header.</param>
    public string Proof(
        string method, string uri, DateTimeOffset now, string? token = null,
        Action<JsonObject>? claims = null, Action<JsonObject>? header = null)
    {
        var head = new JsonObject { ["typ"] = "dpop+jwt", ["alg"] = _algorithm, ["jwk"] = _jwk.DeepClone() };
        header?.Invoke(head);
        var body = new JsonObject
        {
            ["jti"] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
            ["htm"] = method,
            ["htu"] = uri,
            ["iat"] = now.ToUnixTimeSeconds(),
        };
        if (token is not null)
        {
            body["ath"] = Hash(token);
        }

        if (Nonce is not null)
        {
            body["nonce"] = Nonce;
        }

        claims?.Invoke(body);
        return Sign(head.ToJsonString(), body.ToJsonString());
    }

    /// <summary>Signs header and claims as they are written here.</summary>
    public string Sign(string header, string claims)
    {
        var signed = $"{Encode(header)}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(_sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private static string Hash(string text) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
