using System.Buffers.Text;
using System.Collections.Frozen;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Consents;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.TokenStore.Fast;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.Fast;

/// <summary>
/// RFC 6749 §4.1.3, when everything is plainly right: a live code of the client that authenticated, with its redirect URI
/// and, if it has a challenge, the verifier (RFC 7636 §4.5).
/// </summary>
internal sealed class ShortCodeRedemption(
    GrantTokens tokens, TokenPrincipals principals, IdTokens idTokens,
    ConsentUse consents, TokenRequests requests, IOptions<TokenLifetimes> lifetimes, TimeProvider clock)
{
    private static readonly FrozenSet<string> KnownParameters = FrozenSet.Create(
        StringComparer.Ordinal,
        Parameters.GrantType, Parameters.Code, Parameters.RedirectUri, Parameters.CodeVerifier, Parameters.ClientId,
        Parameters.ClientSecret);

    public async ValueTask<bool> TryAnswerAsync(PlainRequest plain, HttpResponse response)
    {
        var client = plain.Client;
        // A plain request has no proof (RFC 9449 §5.2).
        if (client.RequireDpop
            || !plain.HasOnly(KnownParameters)
            || plain[Parameters.Code] is not { } reference
            || !ClientPermissions.Has(client, Permissions.Endpoints.Token)
            || !ClientPermissions.Has(client, Permissions.GrantTypes.AuthorizationCode)
            || await tokens.FindLiveCodeAsync(reference) is not { Entry: var code, Principal: var signIn }
            || !IsPlainlyOf(client, plain, signIn)
            || !Guid.TryParse(signIn.GetClaim(Claims.Subject), out var userId))
        {
            return false;
        }

        var created = clock.GetUtcNow();
        var accessToken = tokens.Prepare(
            code, TokenTypeIdentifiers.AccessToken, principals.ForAccessToken(signIn, client), created,
            created + lifetimes.Value.AccessToken);
        var refreshToken = signIn.HasScope(Scopes.OfflineAccess)
            ? tokens.Prepare(
                code, TokenTypeIdentifiers.RefreshToken, principals.ForRefreshToken(signIn), created,
                created + lifetimes.Value.RefreshToken)
            : null;

        // Redis puts them on disk while the id_token is signed.
        var redeemed = tokens.RedeemAsync(code, refreshToken is null ? [accessToken] : [accessToken, refreshToken]);
        var idToken = signIn.HasScope(Scopes.OpenId) ? idTokens.Sign(signIn, client, accessToken.Reference!, created) : null;

        // Somebody was first, or it was revoked: OpenIddict now finds that out, too, and answers as it always does.
        if (!(await redeemed).Succeeded)
        {
            return false;
        }

        consents.Note(userId, client.ClientId);
        requests.Count(OAuthEndpoints.Token, error: null, shortPath: true);
        await PipelineAnswer.WriteTokensAsync(
            response,
            new(
                accessToken.Reference!,
                lifetimes.Value.AccessToken,
                string.Join(' ', GrantedScopes.Of(signIn).Named),
                idToken,
                refreshToken?.Reference));
        return true;
    }

    private static bool IsPlainlyOf(Client client, PlainRequest request, ClaimsPrincipal signIn) =>
        PlainGrants.IsOf(client, signIn)
        && signIn.GetClaim(Claims.Private.RedirectUri) is { Length: > 0 } redirectUri
        && redirectUri == request[Parameters.RedirectUri]
        && VerifierMatches(client, signIn, request[Parameters.CodeVerifier])
        && (!signIn.HasScope(Scopes.OfflineAccess) || ClientPermissions.Has(client, Permissions.GrantTypes.RefreshToken));

    /// <summary>RFC 7636 §4.6; challenge and verifier come together or not at all. Takes as long wherever the two differ.</summary>
    private static bool VerifierMatches(Client client, ClaimsPrincipal signIn, string? verifier)
    {
        if (signIn.GetClaim(Claims.Private.CodeChallenge) is not { } challenge)
        {
            return verifier is null && !client.RequirePkce;
        }

        return verifier is not null
            && signIn.GetClaim(Claims.Private.CodeChallengeMethod) is CodeChallengeMethods.Sha256
            && CryptographicOperations.FixedTimeEquals(
                Base64Url.EncodeToUtf8(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))), Encoding.ASCII.GetBytes(challenge));
    }
}
