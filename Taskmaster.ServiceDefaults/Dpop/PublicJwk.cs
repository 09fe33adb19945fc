using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.ServiceDefaults.Dpop;

/// <summary>The public key in the header of a proof (RFC 7517, RFC 7518 §6, RFC 8037 §2).</summary>
/// <param name="KeyType">Its <c>kty</c>.</param>
/// <param name="First"><c>x</c>, or <c>n</c> of RSA.</param>
/// <param name="Second"><c>y</c>, or <c>e</c> of RSA; empty for Ed25519, which has one number.</param>
/// <param name="Thumbprint">RFC 7638 §3, of the members that make the key.</param>
internal sealed record PublicJwk(string KeyType, byte[] First, byte[] Second, string Thumbprint)
{
    public const string EllipticCurve = "EC";
    public const string Rsa = "RSA";
    public const string OctetPair = "OKP";

    private const int ShortestModulus = 2048 / 8;
    private const int LongestModulus = 4096 / 8;
    private const int LongestExponent = 4;

    // RFC 7518 §6.2.2, §6.3.2 and §6.4, RFC 8037 §2: none of them is part of a public key.
    private static readonly string[] PrivateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

    /// <summary>Null for a key that is none, does not fit the algorithm, or shows anything private.</summary>
    public static PublicJwk? Read(JsonElement jwk, string algorithm)
    {
        if (jwk.ValueKind is not JsonValueKind.Object || Array.Exists(PrivateMembers, name => jwk.TryGetProperty(name, out _)))
        {
            return null;
        }

        return (algorithm, JsonText.Of(jwk, "kty"), JsonText.Of(jwk, "crv")) switch
        {
            ("ES256", EllipticCurve, "P-256") when Octets(jwk, "x", 32) is { } x && Octets(jwk, "y", 32) is { } y =>
                new(EllipticCurve, x.Bytes, y.Bytes, ThumbprintOf($$"""{"crv":"P-256","kty":"EC","x":"{{x.Text}}","y":"{{y.Text}}"}""")),
            ("EdDSA" or "Ed25519", OctetPair, "Ed25519") when Octets(jwk, "x", 32) is { } x =>
                new(OctetPair, x.Bytes, [], ThumbprintOf($$"""{"crv":"Ed25519","kty":"OKP","x":"{{x.Text}}"}""")),
            ("RS256", Rsa, _) when Octets(jwk, "n") is { } n && Octets(jwk, "e") is { } e && IsSound(n.Bytes, e.Bytes) =>
                new(Rsa, n.Bytes, e.Bytes, ThumbprintOf($$"""{"e":"{{e.Text}}","kty":"RSA","n":"{{n.Text}}"}""")),
            _ => null,
        };
    }

    /// <summary>
    /// The longest takes some tenths of a millisecond to verify with. A leading zero would make two thumbprints of one key.
    /// </summary>
    private static bool IsSound(byte[] modulus, byte[] exponent) =>
        modulus.Length is >= ShortestModulus and <= LongestModulus
        && modulus[0] != 0 && (modulus.Length > ShortestModulus || modulus[0] >= 0x80)
        && exponent.Length is > 0 and <= LongestExponent && exponent[0] != 0 && (exponent[^1] & 1) == 1
        && (exponent.Length > 1 || exponent[0] > 1);

    private static (string Text, byte[] Bytes)? Octets(JsonElement jwk, string member, int? length = null) =>
        JsonText.Of(jwk, member) is { } text && ProofText.Decode(text) is { } bytes && (length is null || bytes.Length == length)
            ? (text, bytes)
            : null;

    private static string ThumbprintOf(string members) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(members)));
}
