using System.Security.Claims;
using OpenIddict.Abstractions;
using Taskmaster.TokenStore.Format;
using Taskmaster.TokenStore.Redis;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.TokenStore.Fast;

/// <summary>
/// Issues codes in one round trip (issue.lua), and redeems codes and refresh tokens in two, without OpenIddict's pipeline: read
/// it, then redeem it and write what it buys in one step (redeem.lua, rotate.lua). Entries and guarantees are the pipeline's.
/// It says nothing about errors; whoever needs to know why a code is no good asks OpenIddict. Needs <c>UseDataProtection()</c>
/// on the server.
/// </summary>
public sealed class GrantTokens
{
    private readonly LiveTokens _live;
    private readonly TokenWriter _writer;
    private readonly TokenPayloads _payloads;

    internal GrantTokens(LiveTokens live, TokenWriter writer, TokenPayloads payloads) =>
        (_live, _writer, _payloads) = (live, writer, payloads);

    /// <summary>Begins a grant, and returns the code for it.</summary>
    /// <param name="principal">The code's claims as OpenIddict prepares them; dates and grant are kept in the entry only.</param>
    /// <param name="applicationId">OpenIddict's entity id of the client, not the <c>client_id</c>.</param>
    /// <param name="created">Kept to the second.</param>
    /// <param name="expires">Kept to the second.</param>
    /// <param name="cancellationToken">Cancels the wait, not the writing.</param>
    /// <exception cref="TokenStoreUnavailableException">Redis did not answer.</exception>
    public async ValueTask<string> IssueCodeAsync(
        ClaimsPrincipal principal, string applicationId, DateTimeOffset created, DateTimeOffset expires,
        CancellationToken cancellationToken = default)
    {
        var code = new RedisToken
        {
            ApplicationId = applicationId,
            AuthorizationId = Guid.CreateVersion7(created).ToString(),
            CreationDate = WholeSeconds.Of(created),
            ExpirationDate = WholeSeconds.Of(expires),
            Status = Statuses.Valid,
            Subject = principal.GetClaim(Claims.Subject),
            Type = TokenTypeIdentifiers.Private.AuthorizationCode,
        };
        code.Place(RedisToken.NewTag());
        code.ReferenceId = code.Id;
        code.PayloadBytes = _payloads.Protect(code.Type, principal);
        _ = await _writer.CommitAsync(redeemed: null, [code], use: null, cancellationToken).ConfigureAwait(false);
        return code.Reference!;
    }

    /// <summary>
    /// A code of a grant, valid and not expired; null for everything else. Whom it is for, and what must be proved to use
    /// it, is the caller's to check.
    /// </summary>
    /// <exception cref="TokenStoreUnavailableException">Redis did not answer.</exception>
    public ValueTask<LiveToken?> FindLiveCodeAsync(string code, CancellationToken cancellationToken = default) =>
        FindLiveAsync(TokenTypeIdentifiers.Private.AuthorizationCode, code, cancellationToken);

    /// <summary>
    /// A refresh token of a grant, valid, not used and not expired; null for everything else, also for one that was used and
    /// may be used again. Whom it is for is the caller's to check.
    /// </summary>
    /// <exception cref="TokenStoreUnavailableException">Redis did not answer.</exception>
    public ValueTask<LiveToken?> FindLiveRefreshTokenAsync(string refreshToken, CancellationToken cancellationToken = default) =>
        FindLiveAsync(TokenTypeIdentifiers.RefreshToken, refreshToken, cancellationToken);

    /// <summary>
    /// Makes a token that a code or refresh token buys, with its <see cref="RedisToken.Reference"/>;
    /// <see cref="RedeemAsync"/> writes it.
    /// </summary>
    /// <param name="bearer">What buys the token: of its grant, its client and its subject.</param>
    /// <param name="type">The type of an access or a refresh token (RFC 8693 §3).</param>
    /// <param name="principal">The token's claims as OpenIddict prepares them; dates and grant are kept in the entry only.</param>
    /// <param name="created">Kept to the second.</param>
    /// <param name="expires">
    /// Kept to the second. A refresh token that takes the place of one expires when that one would have
    /// (<c>DisableSlidingRefreshTokenExpiration</c>).
    /// </param>
    public RedisToken Prepare(RedisToken bearer, string type, ClaimsPrincipal principal, DateTimeOffset created, DateTimeOffset expires)
    {
        var token = new RedisToken
        {
            ApplicationId = bearer.ApplicationId,
            AuthorizationId = bearer.AuthorizationId,
            CreationDate = WholeSeconds.Of(created),
            ExpirationDate = WholeSeconds.Of(expires),
            Status = Statuses.Valid,
            Subject = bearer.Subject,
            Type = type,
        };
        token.Place(bearer.Location.Route);
        token.ReferenceId = token.Id;
        token.PayloadBytes = _payloads.Protect(type, principal);
        return token;
    }

    /// <summary>
    /// Redeems the code or refresh token and writes the tokens, or neither. A code that somebody else redeemed first has ended
    /// the grant (RFC 6749 §4.1.2). For a refresh token that somebody else used first, within the leeway, the answer has the
    /// successor that stands, and the other tokens are written.
    /// </summary>
    /// <exception cref="TokenStoreUnavailableException">Redis did not answer; it may have redeemed what was presented.</exception>
    public async ValueTask<TokenCommit> RedeemAsync(
        RedisToken bearer, IReadOnlyCollection<RedisToken> tokens, CancellationToken cancellationToken = default) =>
        await _writer.CommitAsync(bearer, tokens, use: null, cancellationToken).ConfigureAwait(false);

    private async ValueTask<LiveToken?> FindLiveAsync(string type, string reference, CancellationToken cancellationToken)
    {
        if (await _live.FindAsync(type, reference, use: null, cancellationToken).ConfigureAwait(false)
            is not { Entry: { AuthorizationId: not null } entry } found)
        {
            return null;
        }

        // The successor of a refresh token is sealed for who has the reference.
        entry.Reference = reference;
        return found;
    }
}
