using Microsoft.Extensions.Options;
using OpenIddict.Server;
using StackExchange.Redis;
using Taskmaster.TokenStore.Format;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.TokenStore.Redis;

/// <summary>Turns what is to be done into the one script that does it: keys, arguments, result.</summary>
internal sealed class TokenWriter(
    TokenDatabase database,
    TokenKeys keys,
    TokenStoreMetrics metrics,
    TimeProvider time,
    IOptions<RedisTokenStoreOptions> options,
    IOptionsMonitor<OpenIddictServerOptions> server)
{
    private readonly RedisTokenStoreOptions _options = options.Value;

    private long MarkRetention => (long)(_options.LongestLifetime + _options.RetentionMargin).TotalMilliseconds;

    /// <param name="redeemed">What buys the new tokens. Whoever presents one has had it read before.</param>
    /// <param name="created">The new tokens.</param>
    /// <param name="use">
    /// What is used with it, unless that went along with a read. When the use turns out not to be the first, the tokens are
    /// written and must not be handed out.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait, not the writing.</param>
    public async Task<TokenCommit> CommitAsync(
        RedisToken? redeemed, IReadOnlyCollection<RedisToken> created, OneTimeUse? use, CancellationToken cancellationToken)
    {
        // A pushed authorization request has no grant yet, so it lies elsewhere than the code it buys. It is redeemed
        // first: should the second step fail, the client pushes its request again.
        if (redeemed is not null && created.Any(token => token.Location.Route.Grant != redeemed.Location.Route.Grant))
        {
            var first = await RedeemAsync(redeemed, [], cancellationToken).ConfigureAwait(false);
            if (!first.Succeeded)
            {
                return first;
            }

            redeemed = null;
        }

        if (redeemed is not null)
        {
            return await (redeemed.Type == TokenTypeIdentifiers.RefreshToken
                ? RotateAsync(redeemed, created, cancellationToken)
                : RedeemAsync(redeemed, created, cancellationToken)).ConfigureAwait(false);
        }

        foreach (var tokens in created.GroupBy(token => token.Location.Route.Grant))
        {
            var commit = await IssueAsync(tokens.Key, [.. tokens], use, cancellationToken).ConfigureAwait(false);
            if (!commit.Succeeded)
            {
                return commit;
            }
        }

        return new(TokenCommitResult.Done);
    }

    public Task EndGrantAsync(string grant, CancellationToken cancellationToken)
    {
        var party = MarkedParty.Grant(grant);
        return MarkAsync("grant", keys.Grants(party.Bucket), party, cancellationToken);
    }

    public Task EndSubjectAsync(string subject, CancellationToken cancellationToken)
    {
        var party = MarkedParty.Subject(subject);
        return MarkAsync("subject", keys.Subjects(party.Bucket), party, cancellationToken);
    }

    /// <param name="client">The client.</param>
    /// <param name="ahead">How long after this what it is issued is dead as well.</param>
    /// <param name="cancellationToken">Cancels the wait, not the writing.</param>
    public Task EndClientAsync(string client, TimeSpan ahead, CancellationToken cancellationToken)
    {
        var party = MarkedParty.Client(client);
        return MarkAsync("client", keys.Clients(party.Bucket), party, cancellationToken, (long)ahead.TotalMilliseconds);
    }

    public Task EndSubjectAtClientAsync(string subject, string client, CancellationToken cancellationToken)
    {
        var party = MarkedParty.SubjectAtClient(subject, client);
        return MarkAsync("subject_at_client", keys.Subjects(party.Bucket), party, cancellationToken);
    }

    /// <summary>Writes an access token that belongs to no grant, so that no revocation mark can affect it.</summary>
    /// <param name="location">Where to.</param>
    /// <param name="value">Of <see cref="Ungranted"/>.</param>
    /// <param name="timeToLive">The same that <see cref="Ungranted"/> was told, in milliseconds.</param>
    /// <param name="use">What is used with it.</param>
    /// <param name="cancellationToken">Cancels the wait, not the writing.</param>
    public Task IssueAsync(
        TokenLocation location, byte[] value, long timeToLive, OneTimeUse? use, CancellationToken cancellationToken) =>
        database.IssueAsync(location, value, TimeSpan.FromMilliseconds(timeToLive), use, cancellationToken);

    public Task UseAsync(OneTimeUse use, CancellationToken cancellationToken) => database.UseAsync(use, cancellationToken);

    /// <summary>The value of an access token that belongs to no grant.</summary>
    public static byte[] Ungranted(RedisToken token, long timeToLive)
    {
        var value = TokenValue.Write(token);
        TokenValue.SetTimeToLive(value, timeToLive);
        return value;
    }

    private async Task MarkAsync(
        string what, RedisKey bucket, MarkedParty party, CancellationToken cancellationToken, long millisecondsAhead = 0)
    {
        await database.EvaluateAsync(
            TokenScript.Mark, [bucket], [party.Name, MarkRetention + millisecondsAhead, millisecondsAhead], cancellationToken)
            .ConfigureAwait(false);
        metrics.Revoked(what);
    }

    public async Task CloseAsync(RedisToken token, string status, CancellationToken cancellationToken)
    {
        await database.EvaluateAsync(
            TokenScript.Close, [keys.Token(token.Location)], [TokenCodes.Status(status).ToString()], cancellationToken)
            .ConfigureAwait(false);
        if (status == Statuses.Revoked)
        {
            metrics.Revoked("token");
        }
    }

    public Task DeleteAsync(RedisToken token, CancellationToken cancellationToken) =>
        database.DeleteAsync(token.Location, cancellationToken);

    public async Task<int> CountFailedAttemptAsync(TokenLocation location, CancellationToken cancellationToken)
    {
        var result = await database.EvaluateAsync(
            TokenScript.Attempt, [keys.Token(location)], [_options.MaximumFailedAttempts], cancellationToken).ConfigureAwait(false);
        return (int)result[1];
    }

    /// <summary>Writes a changed token; false when somebody else changed it since it was read.</summary>
    /// <param name="token">The token.</param>
    /// <param name="decidedAt">
    /// When a user decided about it, by Redis's clock in microseconds: with a device's code that becomes valid, the grant begins then.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait, not the writing.</param>
    public async Task<bool> UpdateAsync(RedisToken token, long? decidedAt, CancellationToken cancellationToken)
    {
        var begins = token is { Status: Statuses.Valid, Header: { } read } && read[2] == TokenCodes.Status(Statuses.Inactive);
        var result = await database.EvaluateAsync(
            TokenScript.Update,
            [keys.Token(token.Location)],
            [token.Header, TokenValue.Write(token), TimeToLive(token), begins && decidedAt is { } at ? at : RedisValue.EmptyString],
            cancellationToken).ConfigureAwait(false);
        if (result[0] != "done")
        {
            metrics.LostRace(TokenScript.Update.Verb, "changed");
            return false;
        }

        return true;
    }

    private async Task<TokenCommit> IssueAsync(
        ushort tag, IReadOnlyList<RedisToken> tokens, OneTimeUse? use, CancellationToken cancellationToken)
    {
        if (tokens is [{ AuthorizationId: null, Type: TokenTypeIdentifiers.AccessToken } token])
        {
            var timeToLive = TimeToLive(token);
            await IssueAsync(token.Location, Ungranted(token, timeToLive), timeToLive, use, cancellationToken).ConfigureAwait(false);
            metrics.Issued(token.Type);
            return new(TokenCommitResult.Done);
        }

        List<RedisKey> scriptKeys = [keys.Grants(tag)];
        List<RedisValue> arguments = [GrantName(tokens[0])];
        Add(tokens, scriptKeys, arguments);
        var result = await database.EvaluateAsync(
            TokenScript.Issue, [.. scriptKeys], [.. arguments], use, cancellationToken).ConfigureAwait(false);
        return Counted(TokenScript.Issue, Outcome(result), redeemed: null, tokens);
    }

    private async Task<TokenCommit> RedeemAsync(
        RedisToken redeemed, IReadOnlyCollection<RedisToken> created, CancellationToken cancellationToken)
    {
        List<RedisKey> scriptKeys = [keys.Token(redeemed.Location), keys.Grants(redeemed.Location.Route.Grant)];

        // Allow pressed twice is no replay of a stolen credential.
        var grant = redeemed.Type == TokenTypeIdentifiers.Private.UserCode ? RedisValue.EmptyString : GrantName(redeemed);
        List<RedisValue> arguments = [grant, MarkRetention];
        Add(created, scriptKeys, arguments);
        var result = await EvaluateAsync(TokenScript.Redeem, scriptKeys, arguments, cancellationToken).ConfigureAwait(false);
        return Counted(TokenScript.Redeem, Outcome(result), redeemed, created);
    }

    private async Task<TokenCommit> RotateAsync(
        RedisToken redeemed, IReadOnlyCollection<RedisToken> created, CancellationToken cancellationToken)
    {
        var successor = created.FirstOrDefault(token => token.Type == TokenTypeIdentifiers.RefreshToken && token.Reference is not null);
        var canSeal = successor is not null && redeemed.Reference is not null;
        var leeway = server.CurrentValue.RefreshTokenReuseLeeway ?? TimeSpan.Zero;

        List<RedisKey> scriptKeys = [keys.Token(redeemed.Location), keys.Grants(redeemed.Location.Route.Grant)];
        List<RedisValue> arguments =
        [
            GrantName(redeemed),
            MarkRetention,
            (long)leeway.TotalMilliseconds,
            canSeal ? SealedSuccessor.Seal(successor!.Reference!, redeemed.Reference!) : RedisValue.EmptyString,
        ];
        Add(created.OrderBy(token => ReferenceEquals(token, successor) ? 0 : 1), scriptKeys, arguments);

        var result = await EvaluateAsync(TokenScript.Rotate, scriptKeys, arguments, cancellationToken).ConfigureAwait(false);
        var commit = result[0] == "again" && canSeal
            ? new TokenCommit(TokenCommitResult.DoneAgain, SealedSuccessor.Open((byte[])result[1]!, redeemed.Reference!))
            : Outcome(result);
        return Counted(TokenScript.Rotate, commit, redeemed, created);
    }

    private TokenCommit Counted(TokenScript script, TokenCommit commit, RedisToken? redeemed, IReadOnlyCollection<RedisToken> created)
    {
        metrics.Committed(script.Verb, commit, redeemed, created);
        return commit;
    }

    private Task<RedisValue[]> EvaluateAsync(
        TokenScript script, List<RedisKey> scriptKeys, List<RedisValue> arguments, CancellationToken cancellationToken) =>
        database.EvaluateAsync(script, [.. scriptKeys], [.. arguments], cancellationToken);

    private void Add(IEnumerable<RedisToken> tokens, List<RedisKey> scriptKeys, List<RedisValue> arguments)
    {
        foreach (var token in tokens)
        {
            scriptKeys.Add(keys.Token(token.Location));
            arguments.Add(TokenValue.Write(token));
            arguments.Add(TimeToLive(token));
        }
    }

    private static RedisValue GrantName(RedisToken token) =>
        token.AuthorizationId is { } grant ? MarkedParty.Grant(grant).Name : RedisValue.EmptyString;

    /// <summary>
    /// How long Redis keeps a token, in milliseconds. The time is relative, so that a server with a wrong clock writes the same value.
    /// </summary>
    public long TimeToLive(RedisToken token)
    {
        var lifetime = token.ExpirationDate is { } expiry ? expiry - (token.CreationDate ?? time.GetUtcNow()) : _options.LongestLifetime;
        if (lifetime > _options.LongestLifetime)
        {
            throw new InvalidOperationException(
                $"A token of type {token.Type} is to live {lifetime}, longer than {nameof(RedisTokenStoreOptions.LongestLifetime)}.");
        }

        return Math.Max(1, (long)(lifetime + _options.RetentionMargin).TotalMilliseconds);
    }

    private static TokenCommit Outcome(RedisValue[] result) => (string?)result[0] switch
    {
        "done" or "again" => new(TokenCommitResult.Done),
        "replayed" => new(TokenCommitResult.Replayed),
        "revoked" or "ended" => new(TokenCommitResult.Revoked),
        "unknown" => new(TokenCommitResult.Unknown),
        var other => throw new InvalidOperationException($"A token script answered '{other}'."),
    };
}
