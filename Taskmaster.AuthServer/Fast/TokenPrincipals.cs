using System.Security.Claims;
using OpenIddict.Abstractions;
using Taskmaster.AuthServer.Clients;
using Taskmaster.ServiceDefaults.Hosting;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.Fast;

/// <summary>
/// What OpenIddict makes of the principal of a sign-in for each token it issues (its handlers PrepareAccessTokenPrincipal
/// and so on), with our issuer. Dates, grant and token id are the token store's to add.
/// </summary>
internal sealed class TokenPrincipals(PublicOrigin origin)
{
    private readonly string _issuer = origin.Value;

    /// <summary>All that the user allowed, and what of the request must be proved again when the code is redeemed.</summary>
    public ClaimsPrincipal ForCode(ClaimsPrincipal signIn, Client client, string redirectUri, string? challenge, string? nonce) =>
        signIn
            .SetPresenters(client.ClientId)
            .SetClaim(Claims.Private.Issuer, origin.Uri.AbsoluteUri)
            .SetClaim(Claims.Private.RedirectUri, redirectUri)
            .SetClaim(Claims.Private.CodeChallenge, challenge)
            .SetClaim(Claims.Private.CodeChallengeMethod, challenge is null ? null : CodeChallengeMethods.Sha256)
            .SetClaim(Claims.Private.Nonce, nonce);

    public ClaimsPrincipal ForAccessToken(ClaimsPrincipal signIn, Client client) =>
        Select(signIn, Destinations.AccessToken)
            .SetScopes(signIn.GetScopes())
            .SetPresenters(client.ClientId)
            .SetClaim(Claims.Private.Issuer, _issuer)
            .SetAudiences(signIn.GetResources())
            .SetClaim(Claims.ClientId, client.ClientId);

    /// <summary>All that the code says: the refresh token stands in for the sign-in.</summary>
    public ClaimsPrincipal ForRefreshToken(ClaimsPrincipal signIn) =>
        signIn.Clone(static claim => claim.Type is not
                (Claims.Private.TokenId or Claims.Private.CreationDate or Claims.Private.ExpirationDate or Claims.Private.AuthorizationId))
            .SetClaim(Claims.Private.Issuer, origin.Uri.AbsoluteUri);

    public static ClaimsPrincipal ForIdToken(ClaimsPrincipal signIn, Client client) =>
        Select(signIn, Destinations.IdentityToken)
            .SetClaim(Claims.AuthorizedParty, client.ClientId)
            .SetClaim(Claims.Nonce, signIn.GetClaim(Claims.Private.Nonce));

    /// <summary>The subject, and the claims that are meant for the destination; no private ones.</summary>
    private static ClaimsPrincipal Select(ClaimsPrincipal signIn, string destination)
    {
        var principal = signIn.Clone(claim => claim.Type is Claims.Subject
            || (!claim.Type.StartsWith(Claims.Prefixes.Private, StringComparison.Ordinal) && claim.HasDestination(destination)));

        foreach (var claim in principal.Claims)
        {
            _ = claim.Properties.Remove(Properties.Destinations);
        }

        return principal;
    }
}
