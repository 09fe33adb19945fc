using System.Security.Claims;
using Taskmaster.TokenStore.Format;
using Taskmaster.TokenStore.Redis;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.TokenStore.Fast;

/// <summary>
/// Redeems authorization codes in two round trips, without OpenIddict's pipeline: read the code, then redeem it and write
/// what it buys in one step (redeem.lua). Entries and guarantees are the pipeline's. It says nothing about errors; whoever
/// needs to know why a code is no good asks OpenIddict. Needs <c>UseDataProtection()</c> on the server.
/// </summary>
public sealed class AuthorizationCodes
{
    private readonly LiveTokens _live;
    private readonly TokenWriter _writer;
    private readonly TokenPayloads _payloads;

    internal AuthorizationCodes(LiveTokens live, TokenWriter writer, TokenPayloads payloads) =>
        (_live, _writer, _payloads) = (live, writer, payloads);

    /// <summary>
    /// A code of a grant, valid and not expired; null for everything else. Whom it is for, and what must be proved to use
    /// it, is the caller's to check.
    /// </summary>
    /// <exception cref="TokenStoreUnavailableException">Redis did not answer.</exception>
    public async ValueTask<LiveToken?> FindLiveAsync(string code, CancellationToken cancellationToken = default) =>
        await _live.FindAsync(TokenTypeIdentifiers.Private.AuthorizationCode, code, cancellationToken).ConfigureAwait(false)
            is { Entry.AuthorizationId: not null } found
            ? found
            : null;

    /// <summary>
    /// Makes a token that the code buys, with its <see cref="RedisToken.Reference"/>; <see cref="RedeemAsync"/> writes it.
    /// </summary>
    /// <param name="code">What buys the token: of its grant, its client and its subject.</param>
    /// <param name="type">The type of an access or a refresh token (RFC 8693 §3).</param>
    /// <param name="principal">The token's claims as OpenIddict prepares them; dates and grant are kept in the entry only.</param>
    /// <param name="created">Kept to the second.</param>
    /// <param name="lifetime">How long the token lives from then on.</param>
    public RedisToken Prepare(RedisToken code, string type, ClaimsPrincipal principal, DateTimeOffset created, TimeSpan lifetime)
    {
        created = WholeSeconds.Of(created);
        var token = new RedisToken
        {
            ApplicationId = code.ApplicationId,
            AuthorizationId = code.AuthorizationId,
            CreationDate = created,
            ExpirationDate = created + lifetime,
            Status = Statuses.Valid,
            Subject = code.Subject,
            Type = type,
        };
        token.Place(code.Location.Route);
        token.ReferenceId = token.Id;
        token.PayloadBytes = _payloads.Protect(type, principal);
        return token;
    }

    /// <summary>
    /// Redeems the code and writes the tokens, or neither: false when somebody else was first, which has ended the grant
    /// (RFC 6749 §4.1.2), or when code or grant were revoked since the code was read.
    /// </summary>
    /// <exception cref="TokenStoreUnavailableException">Redis did not answer; it may have redeemed the code.</exception>
    public async ValueTask<bool> RedeemAsync(
        RedisToken code, IReadOnlyCollection<RedisToken> tokens, CancellationToken cancellationToken = default) =>
        (await _writer.CommitAsync(code, tokens, cancellationToken).ConfigureAwait(false)).Succeeded;
}
