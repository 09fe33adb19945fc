using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.AuthServer.Token;
using Taskmaster.TokenStore.Fast;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.Fast;

/// <summary>RFC 6749 §4.4, when everything is plainly right.</summary>
internal sealed class ShortClientCredentials(
    IssuedClaims claims, TokenPrincipals principals, AccessTokens tokens, TokenRequests requests,
    IOptions<TokenLifetimes> lifetimes, TimeProvider clock)
{
    private static readonly FrozenSet<string> KnownParameters = FrozenSet.Create(
        StringComparer.Ordinal, Parameters.GrantType, Parameters.Scope, Parameters.ClientId, Parameters.ClientSecret);

    // By the scope parameter. They go with the client as it was read, and the cache reads it anew every few seconds.
    private readonly ConditionalWeakTable<Client, ConcurrentDictionary<string, AccessTokenTemplate>> _templates = [];

    public async ValueTask<bool> TryAnswerAsync(PlainRequest plain, HttpResponse response)
    {
        // A plain request has no proof (RFC 9449 §5.2).
        if (plain.Client.RequireDpop
            || !plain.HasOnly(KnownParameters)
            || Template(plain.Client, plain[Parameters.Scope]) is not { } template)
        {
            return false;
        }

        var token = await tokens.IssueAsync(template, clock.GetUtcNow());

        requests.Count(OAuthEndpoints.Token, error: null, shortPath: true);
        await PipelineAnswer.WriteTokensAsync(response, new(token, template.Lifetime));
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
                    principals.ForAccessToken(claims.ForClient(client, GrantedScopes.OnItsOwn(client, scopes), resources: []), client),
                    client.Id.ToString("D"), lifetimes.Value.AccessToken)
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
}
