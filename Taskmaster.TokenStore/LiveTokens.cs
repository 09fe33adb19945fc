using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.TokenStore;

/// <summary>Finds reference tokens in one round trip, without OpenIddict's pipeline.</summary>
internal sealed class LiveTokens(TokenReader reader, TokenPayloads payloads, TimeProvider time)
{
    /// <summary>A token of the type, valid and not expired; null for everything else.</summary>
    public async ValueTask<LiveToken?> FindAsync(string type, string reference, CancellationToken cancellationToken)
    {
        if (reference.Length != TokenReference.Length)
        {
            return null;
        }

        var token = await reader.FindAsync(TokenReference.Locate(reference), cancellationToken).ConfigureAwait(false);
        return token is { Status: Statuses.Valid, ReferenceId: not null, ExpirationDate: { } expiration, PayloadBytes: { } payload }
            && token.Type == type
            && expiration > time.GetUtcNow()
            && payloads.Unprotect(type, payload) is { } principal
            ? new(token, principal.SetTokenType(type).SetCreationDate(token.CreationDate).SetExpirationDate(expiration).SetAuthorizationId(token.AuthorizationId).SetTokenId(token.Id))
            : null;
    }
}
