using System.Security.Claims;
using OpenIddict.Abstractions;
using Taskmaster.TokenStore.Format;
using Taskmaster.TokenStore.Redis;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.TokenStore.Fast;

/// <summary>Finds reference tokens in one round trip, without OpenIddict's pipeline.</summary>
internal sealed class LiveTokens(
    TokenReader reader, TokenPayloads payloads, KnownTokens known, TokenStoreMetrics metrics, TimeProvider time)
{
    /// <summary>A token of the type, valid and not expired; null for everything else.</summary>
    public async ValueTask<LiveToken?> FindAsync(
        string type, string reference, OneTimeUse? use, CancellationToken cancellationToken)
    {
        if (reference.Length != TokenReference.Length)
        {
            return null;
        }

        var token = await reader.FindByReferenceAsync(reference, Read, use, cancellationToken).ConfigureAwait(false);
        return token is { Status: Statuses.Valid, ReferenceId: not null, ExpirationDate: { } expiration, Principal: { } principal }
            && token.Type == type
            && expiration > time.GetUtcNow()
            ? new(token, principal)
            : null;
    }

    private RedisToken Read(TokenLocation location, ReadOnlyMemory<byte> value)
    {
        if (known.Find(location, value.Span) is { } same)
        {
            metrics.LookedUp(known: true);
            return same;
        }

        var token = TokenValue.Read(value.Span, location);
        token.Principal = Principal(token);

        // A code is read once, so there is no use in knowing it.
        if (token is { Type: TokenTypeIdentifiers.AccessToken, Principal: not null })
        {
            metrics.LookedUp(known: false);
            known.Keep(token, value.Span);
        }

        return token;
    }

    private ClaimsPrincipal? Principal(RedisToken token) =>
        token is { Type: { } type, PayloadBytes: { } payload } && payloads.Unprotect(type, payload) is { } principal
            ? principal
                .SetTokenType(type)
                .SetCreationDate(token.CreationDate)
                .SetExpirationDate(token.ExpirationDate)
                .SetAuthorizationId(token.AuthorizationId)
                .SetTokenId(token.Id)
            : null;
}
