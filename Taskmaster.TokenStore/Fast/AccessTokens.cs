using System.Security.Claims;
using OpenIddict.Abstractions;
using Taskmaster.TokenStore.Format;
using Taskmaster.TokenStore.Redis;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.TokenStore.Fast;

/// <summary>
/// Issues and reads reference access tokens in one round trip each, without OpenIddict's pipeline. The entries are the
/// same: what one writes, the other reads. It says nothing about errors; whoever needs to know why a token is no good
/// asks OpenIddict. Needs <c>UseDataProtection()</c> on server or validation.
/// </summary>
public sealed class AccessTokens
{
    private readonly LiveTokens _live;
    private readonly TokenWriter _writer;
    private readonly TokenPayloads _payloads;
    private readonly TokenStoreMetrics _metrics;

    internal AccessTokens(LiveTokens live, TokenWriter writer, TokenPayloads payloads, TokenStoreMetrics metrics) =>
        (_live, _writer, _payloads, _metrics) = (live, writer, payloads, metrics);

    /// <summary>
    /// Prepares tokens that belong to no grant. Their payload is encrypted here, once for all of them: keep the template
    /// for seconds, so that tokens follow a change of what the claims were made from, and of Data Protection's keys.
    /// </summary>
    /// <param name="principal">The tokens' claims as OpenIddict prepares them.</param>
    /// <param name="applicationId">OpenIddict's entity id of the client, not the <c>client_id</c>.</param>
    /// <param name="lifetime">How long each lives from its creation.</param>
    public AccessTokenTemplate Prepare(ClaimsPrincipal principal, string applicationId, TimeSpan lifetime)
    {
        var token = new RedisToken
        {
            ApplicationId = applicationId,
            CreationDate = DateTimeOffset.UnixEpoch,
            ExpirationDate = DateTimeOffset.UnixEpoch + lifetime,
            Status = Statuses.Valid,
            Subject = principal.GetClaim(Claims.Subject),
            Type = TokenTypeIdentifiers.AccessToken,
        };
        token.Place(RedisToken.NewTag());
        token.ReferenceId = token.Id;
        token.PayloadBytes = _payloads.Protect(TokenTypeIdentifiers.AccessToken, principal);
        return new(token, lifetime, _writer.TimeToLive(token));
    }

    /// <summary>Issues a token and returns its reference.</summary>
    /// <param name="template">What the token says.</param>
    /// <param name="created">Kept to the second.</param>
    /// <param name="cancellationToken">Cancels the wait, not the writing.</param>
    /// <exception cref="TokenStoreUnavailableException">Redis did not answer.</exception>
    public async ValueTask<string> IssueAsync(
        AccessTokenTemplate template, DateTimeOffset created, CancellationToken cancellationToken = default)
    {
        var reference = TokenReference.CreateUngranted(template.Route, out var location);
        var value = template.ValueAt(WholeSeconds.Of(created));

        await _writer.IssueAsync(location, value, template.TimeToLive, use: null, cancellationToken).ConfigureAwait(false);
        _metrics.Issued(TokenTypeIdentifiers.AccessToken);
        return reference;
    }

    /// <summary>
    /// An access token, valid and not expired, with its claims as OpenIddict's validation gives them; null for everything
    /// else. Whom the token is for is the caller's to check. Whoever asks about the same token at that time may be given the
    /// same claims: they are not to be changed.
    /// </summary>
    /// <exception cref="TokenStoreUnavailableException">Redis did not answer.</exception>
    public ValueTask<LiveToken?> FindLiveAsync(string reference, CancellationToken cancellationToken = default) =>
        FindLiveAsync(reference, use: null, cancellationToken);

    /// <summary>The same for a token that is presented with something that may be used once: one round trip for both.</summary>
    /// <exception cref="TokenStoreUnavailableException">Redis did not answer.</exception>
    public ValueTask<LiveToken?> FindLiveAsync(string reference, OneTimeUse? use, CancellationToken cancellationToken = default) =>
        _live.FindAsync(TokenTypeIdentifiers.AccessToken, reference, use, cancellationToken);
}
