using System.Collections.Frozen;
using System.Security.Claims;
using System.Text.Json;
using OpenIddict.Abstractions;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.TokenStore.Fast;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.Fast;

/// <summary>RFC 7662 for a live access token that was issued to the client that asks.</summary>
internal sealed class ShortIntrospection(AccessTokens tokens, TokenRequests requests, PublicOrigin origin)
{
    private static readonly FrozenSet<string> KnownParameters = FrozenSet.Create(
        StringComparer.Ordinal, Parameters.Token, Parameters.TokenTypeHint, Parameters.ClientId, Parameters.ClientSecret);

    private readonly string _issuer = origin.Value;

    public async ValueTask<bool> TryAnswerAsync(PlainRequest plain, HttpResponse response)
    {
        var client = plain.Client;
        if (!plain.HasOnly(KnownParameters)
            || !ClientPermissions.Has(client, Permissions.Endpoints.Introspection)
            || plain[Parameters.TokenTypeHint] is not (null or TokenTypeHints.AccessToken)
            || plain[Parameters.Token] is not { } reference
            || await tokens.FindLiveAsync(reference) is not { Principal: var principal }
            || !IsPlainlyOf(client, principal))
        {
            return false;
        }

        requests.Count(OAuthEndpoints.Introspect, error: null, shortPath: true);
        await PipelineAnswer.WriteAsync(
            response, (principal, _issuer), static (json, token) => Write(json, token.principal, token._issuer));
        return true;
    }

    private static bool IsPlainlyOf(Client client, ClaimsPrincipal principal) =>
        principal.GetClaim(Claims.ClientId) == client.ClientId
        && principal.HasPresenter(client.ClientId)
        // OpenIddict tells an audience more, and a token bound to a key is not of type Bearer.
        && !principal.HasAudience(client.ClientId)
        && !principal.HasClaim(Claims.Confirmation)
        && !principal.HasClaim(Claims.JwtId);

    private static void Write(Utf8JsonWriter json, ClaimsPrincipal principal, string issuer)
    {
        json.WriteBoolean(Claims.Active, true);
        json.WriteString(Claims.Issuer, issuer);
        json.WriteString(Claims.Subject, principal.GetClaim(Claims.Subject));
        if (principal.GetScopes() is { IsEmpty: false } scopes)
        {
            json.WriteString(Claims.Scope, string.Join(' ', scopes));
        }

        json.WriteString(Claims.TokenType, TokenTypes.Bearer);
        json.WriteString(Claims.TokenUsage, Parameters.AccessToken);
        json.WriteString(Claims.ClientId, principal.GetClaim(Claims.ClientId));

        var created = principal.GetCreationDate()!.Value.ToUnixTimeSeconds();
        json.WriteNumber(Claims.IssuedAt, created);
        json.WriteNumber(Claims.NotBefore, created);
        json.WriteNumber(Claims.ExpiresAt, principal.GetExpirationDate()!.Value.ToUnixTimeSeconds());
        WriteAudiences(json, principal.GetAudiences());
    }

    private static void WriteAudiences(Utf8JsonWriter json, IReadOnlyList<string> audiences)
    {
        if (audiences is [var audience])
        {
            json.WriteString(Claims.Audience, audience);
            return;
        }

        json.WriteStartArray(Claims.Audience);
        foreach (var each in audiences)
        {
            json.WriteStringValue(each);
        }

        json.WriteEndArray();
    }
}
