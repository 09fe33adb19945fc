using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Taskmaster.AuthServer.Clients;

/// <summary>Which keys a client may register for <c>private_key_jwt</c> (OpenID Connect Core §9).</summary>
internal static class ClientKeys
{
    public const int MaxLength = 16 * 1024;
    public const int MaxCount = 10;

    private const int MinimumRsaBits = 2048;

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
        var json = set.GetRawText();
        if (json.Length > MaxLength)
        {
            return (null, $"jwks must be {MaxLength} characters or less");
        }

        JsonWebKeySet keys;
        try
        {
            keys = new JsonWebKeySet(json);
        }
        catch (ArgumentException)
        {
            return (null, "jwks is not a JWK Set");
        }

        return keys.Keys.Count is 0 or > MaxCount
            ? (null, $"jwks must hold 1 to {MaxCount} keys")
            : keys.Keys.Select(Problem).FirstOrDefault(problem => problem is not null) is { } problem ? (null, problem) : (json, null);
    }

    private static string? Problem(JsonWebKey key) => key switch
    {
        { HasPrivateKey: true } or { K: not null } => "jwks must hold public keys only",
        { Use: not (null or "sig") } => "jwks must hold keys for signatures only",
        { Kty: "RSA", E.Length: > 0, N: { } modulus } => IsLongEnough(modulus) ? null : $"An RSA key in jwks must have {MinimumRsaBits} bits or more",
        { Kty: "EC", Crv: "P-256" or "P-384" or "P-521", X.Length: > 0, Y.Length: > 0 } => null,
        _ => "jwks must hold RSA keys, or EC keys on P-256, P-384 or P-521",
    };

    private static bool IsLongEnough(string modulus)
    {
        try
        {
            return Base64UrlEncoder.DecodeBytes(modulus).Length * 8 >= MinimumRsaBits;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
