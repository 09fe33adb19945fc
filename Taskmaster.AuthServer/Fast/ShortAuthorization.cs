using System.Collections.Frozen;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Taskmaster.AuthServer.Authorize;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.AuthServer.RequestLogs;
using Taskmaster.AuthServer.Sessions;
using Taskmaster.AuthServer.Token;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.TokenStore.Fast;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.Fast;

/// <summary>
/// RFC 6749 §4.1.1, when everything is plainly right: a user who is signed in has let the client do all that it asks for, and
/// nothing has to be shown. A request that leaves a doubt goes to OpenIddict.
/// </summary>
internal sealed class ShortAuthorization(
    ClientCache clients, IssuedClaims claims, TokenPrincipals principals, GrantTokens tokens, TokenRequests requests,
    ClientRequestLog log, PublicOrigin origin, IOptions<TokenLifetimes> lifetimes, TimeProvider clock)
{
    /// <summary>Far below what OpenIddict's way refuses as too long.</summary>
    private const int MaximumLength = 4096;

    private static readonly FrozenSet<string> KnownParameters = FrozenSet.Create(
        StringComparer.Ordinal,
        Parameters.ResponseType, Parameters.ClientId, Parameters.RedirectUri, Parameters.Scope, Parameters.State, Parameters.Nonce,
        Parameters.CodeChallenge, Parameters.CodeChallengeMethod);

    public async ValueTask<bool> TryAnswerAsync(HttpContext http)
    {
        var query = http.Request.Query;
        if (!IsPlain(http.Request)
            || query[Parameters.ClientId] is not [{ } clientId]
            || clients.Cached(clientId) is not { } client
            || !MayAsk(client)
            || query[Parameters.RedirectUri] is not [{ } redirectUri]
            || !client.RedirectUris.Contains(redirectUri, StringComparer.Ordinal)
            || query[Parameters.ResponseType] is not [ResponseTypes.Code]
            || !IsProofKeyPlain(client, query)
            || NamedScopes(client, query) is not { } scopes
            || await http.RequestServices.GetRequiredService<UserSessions>().CurrentAsync(http, client, http.RequestAborted)
                is not { } session)
        {
            return false;
        }

        var granted = GrantedScopes.ForUser(client, scopes);
        if (granted.Scopes.Except(session.ConsentedScopes, StringComparer.Ordinal).Any())
        {
            return false;
        }

        var signIn = claims.ForUser(session.User, session.SignedInAt, granted, resources: [], client);
        var created = clock.GetUtcNow();
        var code = await tokens.IssueCodeAsync(
            principals.ForCode(signIn, client, redirectUri, query[Parameters.CodeChallenge], query[Parameters.Nonce]),
            client.Id.ToString("D"), created, created + lifetimes.Value.AuthorizationCode);

        requests.Count(OAuthEndpoints.Authorize, error: null, shortPath: true);
        PipelineAnswer.ForbidStoring(http.Response);
        http.Response.Redirect(QueryHelpers.AddQueryString(redirectUri, Answer(code, query[Parameters.State])));
        log.NoteAuthorization(http, client);
        return true;
    }

    private static bool IsPlain(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method)
            || request.PathBase.HasValue
            || request.QueryString.Value?.Length is not (> 0 and <= MaximumLength)
            || request.ContentType is not null)
        {
            return false;
        }

        // As they are written: the query finds them in any case, and OpenIddict does not.
        foreach (var (name, values) in request.Query)
        {
            if (!KnownParameters.Contains(name) || values is not [{ Length: > 0 }])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// A client of Taskmaster's own notes in which session it got its grant, and a document may have changed since it was read.
    /// </summary>
    private static bool MayAsk(Client client) =>
        client is { IsFirstParty: false, IsDescribedByDocument: false }
        && ClientPermissions.Has(client, Permissions.Endpoints.Authorization)
        && ClientPermissions.Has(client, Permissions.GrantTypes.AuthorizationCode)
        && ClientPermissions.Has(client, Permissions.ResponseTypes.Code);

    /// <summary>RFC 7636 §4.3: a challenge by S256, or none where none is required.</summary>
    private static bool IsProofKeyPlain(Client client, IQueryCollection query) =>
        (query[Parameters.CodeChallenge], query[Parameters.CodeChallengeMethod]) switch
        {
            ([], []) => !client.RequirePkce,
            ([{ } challenge], [CodeChallengeMethods.Sha256]) => RefuseMalformedParameters.IsHash(challenge),
            _ => false,
        };

    /// <summary>The scopes that are named, each once, if the client may have them all.</summary>
    private static string[]? NamedScopes(Client client, IQueryCollection query) =>
        query[Parameters.Scope] is [{ } text]
        && text.Split(' ') is var scopes
        && scopes.Distinct(StringComparer.Ordinal).Count() == scopes.Length
        && Array.TrueForAll(scopes, scope => ClientPermissions.HasScope(client, scope, onItsOwn: false))
        && (!scopes.Contains(Scopes.OfflineAccess)
            || ClientPermissions.Has(client, Permissions.GrantTypes.RefreshToken))
            ? scopes
            : null;

    private IEnumerable<KeyValuePair<string, string?>> Answer(string code, string? state)
    {
        yield return new(Parameters.Code, code);
        if (state is not null)
        {
            yield return new(Parameters.State, state);
        }

        // RFC 9207.
        yield return new(Parameters.Iss, origin.Value);
    }
}
