using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Taskmaster.AuthServer.Clients;

/// <summary>Which keys a client may register for <c>private_key_jwt</c> (OpenID Connect Core §9).</summary>
internal static class ClientKeys
{
    public const int MaxLength = 16 * 1024;
    public const int MaxCount = 10;

    private const int MinimumRsaBits = 2048;

    // Limits the cost of verifying a signature, which grows with the size of the key that the client chose.
    private const int MaximumRsaBits = 8192;

    private const int MinimumRsaExponent = 65537;
    private const int MaximumRsaExponentBits = 64;

    // Asymmetric ones only: a public key must never be taken for the secret of an HMAC.
    public static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>The set as it is stored, or what is wrong with it.</summary>
    public static (string? Keys, string? Problem) Read(JsonElement set)
    {
        string json;
        JsonWebKeySet keys;
        try
        {
            json = set.GetRawText();
            if (json.Length > MaxLength)
            {
                return (null, $"jwks must be {MaxLength} characters or less");
            }

            keys = new JsonWebKeySet(json);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // InvalidOperationException: the bytes of a string are no UTF-8.
            return (null, "jwks is not a JWK Set");
        }

        return keys.Keys.Count is 0 or > MaxCount
            ? (null, $"jwks must hold 1 to {MaxCount} keys")
            : keys.Keys.Select(Problem).FirstOrDefault(problem => problem is not null) is { } problem ? (null, problem) : (json, null);
    }

    private static string? Problem(JsonWebKey key) => key switch
    {
        _ when HoldsSecret(key) => "jwks must hold public keys only: this one gives its private half away, so use another",
        { Use: not (null or "sig") } => "jwks must hold keys for signatures only",
        { Kty: "RSA", E.Length: > 0, N.Length: > 0 } => RsaProblem(key),
        { Kty: "EC", Crv: "P-256" or "P-384" or "P-521", X.Length: > 0, Y.Length: > 0 } =>
            IsOnCurve(key) ? null : "An EC key in jwks is no point of its curve",
        _ => "jwks must hold RSA keys, or EC keys on P-256, P-384 or P-521",
    };

    /// <summary>Any part of a private key (RFC 7518 §6.2.2, §6.3.2), and not only all of them together.</summary>
    private static bool HoldsSecret(JsonWebKey key) =>
        key.Oth is { Count: > 0 } || new[] { key.D, key.P, key.Q, key.DP, key.DQ, key.QI, key.K }.Any(part => part is not null);

    private static string? RsaProblem(JsonWebKey key)
    {
        if (Decode(key.N) is not { } n || Decode(key.E) is not { } e)
        {
            return "An RSA key in jwks is not in base64url";
        }

        var (modulus, exponent) = (new BigInteger(
            n, isUnsigned: true, isBigEndian: true), new BigInteger(e, isUnsigned: true, isBigEndian: true));
        return modulus.GetBitLength() switch
        {
            < MinimumRsaBits => $"An RSA key in jwks must have {MinimumRsaBits} bits or more",
            > MaximumRsaBits => $"An RSA key in jwks must have {MaximumRsaBits} bits or less",
            _ when modulus.IsEven => "The modulus of an RSA key in jwks is even",

            // FIPS 186-5 §5.1: odd and above 2^16. OpenSSL takes none above 2^64 for long keys.
            _ when exponent.IsEven || exponent < MinimumRsaExponent || exponent.GetBitLength() > MaximumRsaExponentBits =>
                $"The exponent of an RSA key in jwks must be odd and {MinimumRsaExponent} or more, as {MinimumRsaExponent} is",
            _ => null,
        };
    }

    private static bool IsOnCurve(JsonWebKey key)
    {
        var curve = key.Crv switch
        {
            "P-256" => ECCurve.NamedCurves.nistP256,
            "P-384" => ECCurve.NamedCurves.nistP384,
            _ => ECCurve.NamedCurves.nistP521,
        };
        if (Decode(key.X) is not { } x || Decode(key.Y) is not { } y || x.Length != y.Length)
        {
            return false;
        }

        try
        {
            using var _ = ECDsa.Create(new ECParameters { Curve = curve, Q = new ECPoint { X = x, Y = y } });
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static byte[]? Decode(string text)
    {
        try
        {
            return Base64UrlEncoder.DecodeBytes(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
