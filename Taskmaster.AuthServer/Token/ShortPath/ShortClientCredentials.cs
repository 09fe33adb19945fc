using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using Taskmaster.AuthServer.AuthorizationServer;
using Taskmaster.AuthServer.Clients;
using Taskmaster.ServiceDefaults;
using Taskmaster.TokenStore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.Token.ShortPath;

/// <summary>RFC 6749 §4.4, when everything is plainly right.</summary>
internal sealed class ShortClientCredentials(
    ClientCache clients, ClientSecretCheck secrets, IssuedClaims claims, AccessTokens tokens, TokenRequests requests,
    PublicOrigin origin, IOptions<TokenLifetimes> lifetimes, TimeProvider clock)
{
    private static readonly FrozenSet<string> _parameters = FrozenSet.Create(
        StringComparer.Ordinal, Parameters.GrantType, Parameters.Scope, Parameters.ClientId, Parameters.ClientSecret);

    private readonly string _issuer = origin.Value;

    // By the scope parameter. They go with the client as it was read, and the cache reads it anew every few seconds.
    private readonly ConditionalWeakTable<Client, ConcurrentDictionary<string, AccessTokenTemplate>> _templates = [];

    public async ValueTask<bool> TryAnswerAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (await PlainRequest.ReadAsync(request, _parameters, clients, secrets, cancellationToken) is not { Client: var client } plain
            || plain[Parameters.GrantType] is not GrantTypes.ClientCredentials
            || Template(client, plain[Parameters.Scope]) is not { } template)
        {
            return false;
        }

        var token = await tokens.IssueAsync(template, clock.GetUtcNow(), cancellationToken);

        requests.Count(OAuthEndpoints.Token, error: null, shortPath: true);
        ForbidStoring(request.HttpContext.Response.Headers);
        await JsonAnswer.WriteAsync(
            request.HttpContext.Response,
            (token, template.Lifetime),
            static (json, issued) =>
            {
                json.WriteString(Parameters.AccessToken, issued.token);
                json.WriteString(Parameters.TokenType, TokenTypes.Bearer);
                json.WriteNumber(Parameters.ExpiresIn, (long)issued.Lifetime.TotalSeconds);
            },
            cancellationToken);
        return true;
    }

    /// <summary>What the client's tokens with these scopes say; null when it cannot have such a token.</summary>
    private AccessTokenTemplate? Template(Client client, string? scope)
    {
        var templates = _templates.GetValue(client, static _ => new(StringComparer.Ordinal));
        if (templates.TryGetValue(scope ?? string.Empty, out var template))
        {
            return template;
        }

        return ClientPermissions.Has(client, Permissions.Endpoints.Token)
            && ClientPermissions.Has(client, Permissions.GrantTypes.ClientCredentials)
            && Scopes(client, scope) is { } scopes
                ? templates[scope ?? string.Empty] = tokens.Prepare(
                    AccessTokenPrincipal(claims.ForClient(client, scopes), client), client.Id.ToString("D"), lifetimes.Value.AccessToken)
                : null;
    }

    /// <summary>The scopes asked for; null when there is one that the client cannot have, or one twice.</summary>
    private static string[]? Scopes(Client client, string? scope)
    {
        var scopes = scope?.Split(' ') ?? [];
        return Array.TrueForAll(scopes, name => ClientPermissions.HasScope(client, name, onItsOwn: true))
            && scopes.Distinct(StringComparer.Ordinal).Count() == scopes.Length
                ? scopes
                : null;
    }

    // RFC 6749 §5.1, and one header more of OpenIddict's.
    private static void ForbidStoring(IHeaderDictionary headers)
    {
        headers.CacheControl = "no-store";
        headers.Pragma = "no-cache";
        headers.Expires = "Thu, 01 Jan 1970 00:00:00 GMT";
    }

    /// <summary>What OpenIddict makes of a principal for the access token, in PrepareAccessTokenPrincipal; and our issuer.</summary>
    private ClaimsPrincipal AccessTokenPrincipal(ClaimsPrincipal issued, Client client)
    {
        var principal = issued.Clone(claim => claim.Type is Claims.Subject or Claims.Private.Scope
            || (!claim.Type.StartsWith(Claims.Prefixes.Private, StringComparison.Ordinal) && claim.HasDestination(Destinations.AccessToken)));

        foreach (var claim in principal.Claims)
        {
            _ = claim.Properties.Remove(Properties.Destinations);
        }

        return principal.SetPresenters(client.ClientId)
            .SetClaim(Claims.Private.Issuer, _issuer)
            .SetAudiences(issued.GetResources())
            .SetClaim(Claims.ClientId, client.ClientId);
    }
}
