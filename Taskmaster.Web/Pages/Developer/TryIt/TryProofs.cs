using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Taskmaster.Web.Pages.Developer.TryIt;

/// <summary>
/// Proofs of possession (RFC 9449 §4.2) by a key that lives as long as this, for an application that gets no tokens without.
/// </summary>
internal sealed class TryProofs(TimeProvider clock) : IDisposable
{
    private static readonly JsonWebTokenHandler Writer = new() { SetDefaultTimesOnTokenCreation = false };

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>The last that a server gave out (§8); null before the first.</summary>
    public string? Nonce { get; set; }

    /// <param name="method">Of the request.</param>
    /// <param name="address">Of the request at the public origin.</param>
    /// <param name="accessToken">That it is sent with; null at the token endpoint.</param>
    public string Next(HttpMethod method, Uri address, string? accessToken)
    {
        var claims = new Dictionary<string, object>
        {
            ["jti"] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
            ["htm"] = method.Method,
            ["htu"] = address.GetLeftPart(UriPartial.Path),
            ["iat"] = clock.GetUtcNow().ToUnixTimeSeconds(),
        };
        if (Nonce is not null)
        {
            claims["nonce"] = Nonce;
        }

        if (accessToken is not null)
        {
            claims["ath"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)));
        }

        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        return Writer.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = "dpop+jwt",
            AdditionalHeaderClaims = new Dictionary<string, object>
            {
                ["jwk"] = new Dictionary<string, object>
                {
                    ["kty"] = "EC",
                    ["crv"] = "P-256",
                    ["x"] = Base64Url.EncodeToString(point.X),
                    ["y"] = Base64Url.EncodeToString(point.Y),
                },
            },
            Claims = claims,
            SigningCredentials = new(new ECDsaSecurityKey(_key), SecurityAlgorithms.EcdsaSha256),
        });
    }

    public void Dispose() => _key.Dispose();
}
