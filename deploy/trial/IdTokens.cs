using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Taskmaster.Trial;

/// <summary>An id_token, as a client checks it: by the keys at /oauth2/jwks.</summary>
internal static class IdTokens
{
    public static string AlgorithmOf(string idToken) => (string)Part(idToken, 0)["alg"]!;

    public static string SubjectOf(string idToken) => (string)Part(idToken, 1)["sub"]!;

    /// <summary>Whether a key that is published now has made the signature.</summary>
    public static async Task<bool> VerifiesAsync(HttpClient http, Uri origin, string idToken)
    {
        var keys = JsonNode.Parse(await http.GetStringAsync(new Uri(origin, "/oauth2/jwks")))!["keys"]!.AsArray();
        var key = keys.FirstOrDefault(candidate => (string?)candidate!["kid"] == (string?)Part(idToken, 0)["kid"]);
        var signed = Encoding.ASCII.GetBytes(idToken[..idToken.LastIndexOf('.')]);
        var signature = Base64Url.DecodeFromChars(idToken.AsSpan(idToken.LastIndexOf('.') + 1));
        return key is not null && (AlgorithmOf(idToken) == "ES256" ? ByEllipticCurve() : ByRsa());

        bool ByRsa()
        {
            using var rsa = RSA.Create(new RSAParameters { Modulus = Bytes(key, "n"), Exponent = Bytes(key, "e") });
            return rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }

        bool ByEllipticCurve()
        {
            using var curve = ECDsa.Create(
                new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = Bytes(key, "x"), Y = Bytes(key, "y") } });
            return curve.VerifyData(signed, signature, HashAlgorithmName.SHA256);
        }
    }

    private static JsonNode Part(string idToken, int index) =>
        JsonNode.Parse(Base64Url.DecodeFromChars(idToken.Split('.')[index]))!;

    private static byte[] Bytes(JsonNode key, string member) => Base64Url.DecodeFromChars((string)key[member]!);
}
