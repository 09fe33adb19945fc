using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Keys;
using Taskmaster.ServiceDefaults.Hosting;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.Fast;

/// <summary>Signs id_tokens (OpenID Connect Core §2) as OpenIddict does, with its key of the moment and its handler.</summary>
internal sealed class IdTokens(PublicOrigin origin, IOptionsMonitor<OpenIddictServerOptions> server)
{
    private readonly string _issuer = origin.Value;

    /// <summary>For the user of a sign-in.</summary>
    /// <param name="signIn">What the code says.</param>
    /// <param name="client">Whom the token is for.</param>
    /// <param name="accessToken">What the client gets with it; <c>at_hash</c> binds the two (§3.1.3.6).</param>
    /// <param name="created">When it is issued, to the second.</param>
    public string Sign(ClaimsPrincipal signIn, Client client, string accessToken, DateTimeOffset created)
    {
        var options = server.CurrentValue;
        var principal = TokenPrincipals.ForIdToken(signIn, client);
        ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(Claims.AccessTokenHash, HashOf(accessToken)));

        return options.JsonWebTokenHandler.CreateToken(new SecurityTokenDescriptor
        {
            Claims = new Dictionary<string, object>(StringComparer.Ordinal) { [Claims.Audience] = client.ClientId },
            Expires = (created + options.IdentityTokenLifetime!.Value).UtcDateTime,
            IssuedAt = created.UtcDateTime,
            Issuer = _issuer,
            SigningCredentials = IdTokenAlgorithms.Choose(options.SigningCredentials, client.IdTokenAlgorithm),
            Subject = (ClaimsIdentity)principal.Identity!,
            TokenType = JsonWebTokenTypes.GenericJsonWebToken,
        });
    }

    /// <summary>The left half of the hash that the signature's algorithm uses; both of ours use SHA-256.</summary>
    private static string HashOf(string accessToken) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)).AsSpan(0, SHA256.HashSizeInBytes / 2));
}
