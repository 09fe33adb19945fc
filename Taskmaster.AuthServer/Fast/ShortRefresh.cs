using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using Taskmaster.AuthServer.Audit;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Consents;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.TokenStore.Fast;
using Taskmaster.TokenStore.Redis;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.Fast;

/// <summary>
/// RFC 6749 §6, when everything is plainly right: a live refresh token, not used yet, of the client that authenticated, for
/// all that was granted.
/// </summary>
internal sealed class ShortRefresh(
    GrantTokens tokens, TokenPrincipals principals, IdTokens idTokens, ConsentUse consents, AuditTokens audit,
    TokenRequests requests, IOptions<TokenLifetimes> lifetimes, TimeProvider clock)
{
    private static readonly FrozenSet<string> KnownParameters = FrozenSet.Create(
        StringComparer.Ordinal, Parameters.GrantType, Parameters.RefreshToken, Parameters.ClientId, Parameters.ClientSecret);

    public async ValueTask<bool> TryAnswerAsync(PlainRequest plain, HttpContext http)
    {
        var client = plain.Client;
        // A plain request has no proof (RFC 9449 §5.2).
        if (client.RequireDpop
            || !plain.HasOnly(KnownParameters)
            || plain[Parameters.RefreshToken] is not { } reference
            || !ClientPermissions.Has(client, Permissions.Endpoints.Token)
            || !ClientPermissions.Has(client, Permissions.GrantTypes.RefreshToken)
            || await tokens.FindLiveRefreshTokenAsync(reference) is not { Entry: var presented, Principal: var grant }
            || !PlainGrants.IsOf(client, grant)
            || !Guid.TryParse(grant.GetClaim(Claims.Subject), out var userId))
        {
            return false;
        }

        var created = clock.GetUtcNow();
        var accessToken = tokens.Prepare(
            presented, TokenTypeIdentifiers.AccessToken, principals.ForAccessToken(grant, client), created,
            created + lifetimes.Value.AccessToken);
        var successor = tokens.Prepare(
            presented, TokenTypeIdentifiers.RefreshToken, principals.ForRefreshToken(grant), created, presented.ExpirationDate!.Value);

        // Redis puts them on disk while the id_token is signed.
        var redeemed = tokens.RedeemAsync(presented, [accessToken, successor]);
        var idToken = grant.HasScope(Scopes.OpenId) ? idTokens.Sign(grant, client, accessToken.Reference!, created) : null;
        var commit = await redeemed;
        if (!commit.Succeeded)
        {
            // Its grant ended with that, so OpenIddict, which answers, cannot tell any more that it was used twice.
            if (commit.Result is TokenCommitResult.Replayed)
            {
                audit.RefreshTokenReused(http, userId, client.ClientId);
            }

            return false;
        }

        consents.Note(userId, client.ClientId);
        requests.Count(OAuthEndpoints.Token, error: null, shortPath: true);
        await PipelineAnswer.WriteTokensAsync(
            http.Response,
            new(
                accessToken.Reference!,
                lifetimes.Value.AccessToken,
                string.Join(' ', GrantedScopes.Of(grant).Named),
                idToken,
                commit.Successor ?? successor.Reference));
        return true;
    }
}
