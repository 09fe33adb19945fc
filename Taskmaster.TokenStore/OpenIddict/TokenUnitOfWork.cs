using Taskmaster.TokenStore.Format;
using Taskmaster.TokenStore.Redis;

namespace Taskmaster.TokenStore.OpenIddict;

/// <summary>
/// The tokens of one scope: each is read once, and what a sign-in creates and redeems is written by one atomic commit.
/// Handlers that <c>UseRedisTokens</c> adds begin and commit it around OpenIddict's sign-in; outside of one, every
/// change is written at once.
/// </summary>
public sealed class TokenUnitOfWork
{
    private readonly TokenWriter _writer;
    private readonly Dictionary<string, RedisToken> _known = new(StringComparer.Ordinal);
    private readonly List<RedisToken> _created = [];
    private ushort? _tag;

    internal TokenUnitOfWork(TokenWriter writer) => _writer = writer;

    /// <summary>Whether changes are collected for <see cref="CommitAsync"/>.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>What the scope uses once; see <see cref="Take"/>.</summary>
    public OneTimeUse? Use { get; private set; }

    /// <summary>The code or refresh token that is redeemed for the created tokens.</summary>
    internal RedisToken? Redeemed { get; private set; }

    /// <summary>Whether the commit decides if a reused refresh token is within the leeway: set for refresh requests.</summary>
    internal bool LeavesReuseToCommit { get; set; }

    /// <summary>The grant that a replay in this scope has ended already.</summary>
    internal string? ReplayedGrant { get; private set; }

    /// <summary>
    /// When the scope has read a user code, by Redis's clock in microseconds. Whoever typed it decides about a device after that, and
    /// what is revoked from then on is later than the decision, also when it is written only afterwards.
    /// </summary>
    internal long? DecidedAt { get; set; }

    /// <summary>
    /// The token that the scope has marked as redeemed by an update of its own. A sign-in that redeems it then comes first, and not
    /// second.
    /// </summary>
    internal TokenLocation? RedeemedByUpdate { get; set; }

    /// <summary>
    /// Uses something once, in the same round trip as the token that the scope reads or writes next.
    /// <see cref="OneTimeUse.IsFirst"/> says how it went.
    /// </summary>
    public void Take(OneTimeUse use) =>
        Use = Use is null ? use : throw new InvalidOperationException("One scope uses one thing.");

    /// <summary>Whether this is the first use of what the scope uses; asks Redis only if no token was read or written since.</summary>
    public async ValueTask<bool> IsFirstUseAsync(CancellationToken cancellationToken = default)
    {
        if (Use is null)
        {
            throw new InvalidOperationException("Nothing is used.");
        }

        if (!Use.IsSent)
        {
            await _writer.UseAsync(Use, cancellationToken).ConfigureAwait(false);
        }

        return Use.IsFirst == true;
    }

    /// <summary>
    /// Revokes the tokens of a client that is going away, with those that it is issued within <paramref name="ahead"/> by servers that
    /// have not heard of it yet. Revoked again without that, as by <c>RevokeByApplicationIdAsync</c>, it is free to get new ones at once.
    /// </summary>
    public async ValueTask EndClientAsync(string applicationId, TimeSpan ahead, CancellationToken cancellationToken = default)
    {
        await _writer.EndClientAsync(applicationId, ahead, cancellationToken).ConfigureAwait(false);
        ForgetWritten();
    }

    public void Begin()
    {
        Discard();
        IsOpen = true;
    }

    /// <summary>Writes everything since <see cref="Begin"/>, or nothing.</summary>
    public async ValueTask<TokenCommit> CommitAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await _writer.CommitAsync(Redeemed, _created, Use, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Discard();
        }
    }

    internal RedisToken? Known(string id) => _known.GetValueOrDefault(id);

    internal bool IsUnwritten(RedisToken token) => _created.Contains(token);

    internal void Remember(RedisToken token)
    {
        _known[token.Id!] = token;
        _known[token.Location.ToString()] = token;
    }

    internal void Forget(RedisToken token)
    {
        _known.Remove(token.Id!);
        _known.Remove(token.Location.ToString());
        _created.Remove(token);
    }

    /// <summary>After a revocation, what this scope has read is read again.</summary>
    internal void ForgetWritten()
    {
        foreach (var (id, _) in _known.Where(entry => !_created.Contains(entry.Value)).ToList())
        {
            _known.Remove(id);
        }
    }

    internal void Redeem(RedisToken token) =>
        Redeemed = Redeemed is null || ReferenceEquals(Redeemed, token)
            ? token
            : throw new InvalidOperationException("One sign-in redeems one token.");

    /// <summary>Gives a new token its place; the tokens of one sign-in share a tag, so that one script can write them.</summary>
    internal void Place(RedisToken token)
    {
        if (!IsOpen || _tag is null)
        {
            _tag = RedisToken.NewTag();
        }

        token.Place(_tag.Value);
    }

    internal async ValueTask AddAsync(RedisToken token, CancellationToken cancellationToken)
    {
        Remember(token);

        if (IsOpen)
        {
            _created.Add(token);
        }
        else
        {
            _ = await _writer.CommitAsync(redeemed: null, [token], use: null, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the grant of a token that was presented again.</summary>
    internal async ValueTask EndReplayedGrantAsync(RedisToken token, CancellationToken cancellationToken)
    {
        if (token.AuthorizationId is { } grant && !token.IsOfRevokedGrant)
        {
            await _writer.EndGrantAsync(grant, cancellationToken).ConfigureAwait(false);
            token.IsOfRevokedGrant = true;
            ReplayedGrant = grant;
        }
    }

    private void Discard()
    {
        _created.Clear();
        Redeemed = null;
        _tag = null;
        IsOpen = false;
    }
}
