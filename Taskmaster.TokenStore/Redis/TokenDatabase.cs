using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using Taskmaster.TokenStore.Format;

namespace Taskmaster.TokenStore.Redis;

/// <summary>
/// Talks to Redis: one method call is one round trip, counted, measured, bounded in time and a span of the request that
/// waits, and an outage comes out of it as <see cref="TokenStoreUnavailableException"/> and as nothing else.
/// </summary>
internal sealed class TokenDatabase(
    IConnectionMultiplexer redis,
    ITokenCommands commands,
    TokenKeys keys,
    TokenStoreMetrics metrics,
    IOptions<RedisTokenStoreOptions> options)
{
    private static readonly ActivitySource Activities = new(RedisTokenStoreDefaults.ActivitySourceName);

    private const string Evaluate = "EVAL";
    private const string EvaluateByHash = "EVALSHA";

    private readonly TimeSpan _timeout = options.Value.Timeout;
    private readonly ConcurrentDictionary<TokenScript, bool> _sent = new();
    private bool? _isCluster;

    /// <summary>Reads a token and the three buckets of marks that decide about it.</summary>
    public Task<RedisValue[]> FindAsync(TokenLocation location, OneTimeUse? use, CancellationToken cancellationToken)
    {
        RedisKey[] wanted =
        [
            keys.Token(location),
            keys.Grants(location.Route.Grant),
            keys.Subjects(location.Route.Subject),
            keys.Clients(location.Route.Client),
        ];

        return SendAsync("find", "MGET", With(use, database => GetAsync(database, wanted, ownSlots: 2)), cancellationToken);
    }

    /// <summary>Writes a use down by itself, when there is nothing else to send.</summary>
    public Task UseAsync(OneTimeUse use, CancellationToken cancellationToken) =>
        SendAsync("use", "SET", With(use, static _ => Task.FromResult(true)), cancellationToken);

    /// <summary>The time a token was written, if its header does not contain it; 0 when the token no longer exists.</summary>
    public async Task<long> FindBirthAsync(TokenLocation location, CancellationToken cancellationToken)
    {
        var result = await EvaluateAsync(TokenScript.Birth, [keys.Token(location)], [], cancellationToken).ConfigureAwait(false);
        return (long)result[1];
    }

    /// <summary>The time by the clock that births and marks are compared by, in microseconds, where this token is.</summary>
    public async Task<long> FindTimeAsync(TokenLocation location, CancellationToken cancellationToken)
    {
        var result = await EvaluateAsync(TokenScript.Time, [keys.Token(location)], [], cancellationToken).ConfigureAwait(false);
        return (long)result[1];
    }

    /// <summary>Writes a token that no revocation mark can affect.</summary>
    public Task<bool> IssueAsync(
        TokenLocation location, byte[] value, TimeSpan timeToLive, OneTimeUse? use, CancellationToken cancellationToken) =>
        SendAsync(
            "issue", "SET", With(use, database => database.StringSetAsync(keys.Token(location), value, timeToLive)), cancellationToken);

    /// <summary>Reads the marks of a token whose reference did not name the buckets.</summary>
    public Task<RedisValue[]> FindMarksAsync(TokenRoute route, CancellationToken cancellationToken)
    {
        RedisKey[] wanted = [keys.Grants(route.Grant), keys.Subjects(route.Subject), keys.Clients(route.Client)];
        return SendAsync("find", "MGET", database => GetAsync(database, wanted, ownSlots: 1), cancellationToken);
    }

    /// <summary>
    /// Runs a script; the first of its results names the outcome. Its text is sent with the first call, and again to a
    /// server that does not know it, or not any more; only then this is two round trips.
    /// </summary>
    public Task<RedisValue[]> EvaluateAsync(
        TokenScript script, RedisKey[] scriptKeys, RedisValue[] arguments, CancellationToken cancellationToken) =>
        EvaluateAsync(script, scriptKeys, arguments, use: null, cancellationToken);

    public async Task<RedisValue[]> EvaluateAsync(
        TokenScript script, RedisKey[] scriptKeys, RedisValue[] arguments, OneTimeUse? use, CancellationToken cancellationToken)
    {
        if (_sent.ContainsKey(script))
        {
            try
            {
                return (RedisValue[])(await SendAsync(
                    script.Verb, EvaluateByHash,
                    With(use, database => database.ScriptEvaluateAsync(script.Hash, scriptKeys, arguments)),
                    cancellationToken).ConfigureAwait(false))!;
            }
            catch (RedisServerException exception) when (exception.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
            {
                // The script was not run, so it can be sent again.
            }
        }

        // Not in a batch: StackExchange.Redis sends a second command when the server no longer has the script.
        var result = await GuardAsync(
            script.Verb, Evaluate,
            () => With(use, database => database.ScriptEvaluateAsync(script.Text, scriptKeys, arguments))(redis.GetDatabase()),
            cancellationToken).ConfigureAwait(false);
        _sent[script] = true;
        return (RedisValue[])result!;
    }

    public Task<bool> DeleteAsync(TokenLocation location, CancellationToken cancellationToken) =>
        SendAsync("delete", "DEL", database => database.KeyDeleteAsync(keys.Token(location)), cancellationToken);

    /// <summary>One MGET; in a cluster the keys of each slot by themselves, all sent before the first answer is awaited.</summary>
    private Task<RedisValue[]> GetAsync(IDatabaseAsync database, RedisKey[] wanted, int ownSlots) =>
        IsCluster() ? GetFromSlotsAsync(database, wanted, ownSlots) : database.StringGetAsync(wanted);

    private static async Task<RedisValue[]> GetFromSlotsAsync(IDatabaseAsync database, RedisKey[] wanted, int ownSlots)
    {
        var own = database.StringGetAsync(wanted[..ownSlots]);
        var others = Array.ConvertAll(wanted[ownSlots..], key => database.StringGetAsync(key));
        return [.. await own.ConfigureAwait(false), .. await Task.WhenAll(others).ConfigureAwait(false)];
    }

    /// <summary>The command, and before it in the same round trip the use, unless it went along with an earlier one.</summary>
    private Func<IDatabaseAsync, Task<T>> With<T>(OneTimeUse? use, Func<IDatabaseAsync, Task<T>> command)
    {
        return use is null or { IsSent: true } ? command : database =>
        {
            use.IsSent = true;
            var first = database.StringSetAsync(keys.Use(use.Name), RedisValue.EmptyString, use.Remembered, When.NotExists);
            return BothAsync(first, command(database));
        };

        async Task<T> BothAsync(Task<bool> first, Task<T> second)
        {
            // Both are looked at, whichever fails.
            await Task.WhenAll(first, second).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            use.IsFirst = await first.ConfigureAwait(false);
            return await second.ConfigureAwait(false);
        }
    }

    private Task<T> SendAsync<T>(string verb, string name, Func<IDatabaseAsync, Task<T>> command, CancellationToken cancellationToken) =>
        GuardAsync(verb, name, () => commands.SendAsync(command), cancellationToken);

    /// <param name="verb">What is done.</param>
    /// <param name="name">
    /// The command's name, for the span, which is begun here: here the request is known, and in the batch it is not.
    /// </param>
    /// <param name="operation">Sends the command.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    private async Task<T> GuardAsync<T>(string verb, string name, Func<Task<T>> operation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        metrics.RoundTrip(verb);
        var script = name is Evaluate or EvaluateByHash ? verb : null;
        using var span = RedisSpan.Start(Activities, redis, name, script);
        var began = metrics.Begin();

        try
        {
            var result = await operation().WaitAsync(_timeout, cancellationToken).ConfigureAwait(false);
            metrics.Took(began, name, script, error: null);
            return result;
        }
        catch (Exception exception)
        {
            if (RedisSpan.Fail(span, exception) is { } error)
            {
                metrics.Took(began, name, script, error);
            }

            if (!IsOutage(exception))
            {
                throw;
            }

            metrics.Outage(verb);
            throw new TokenStoreUnavailableException($"Redis did not answer ({verb}).", exception);
        }
    }

    private bool IsCluster()
    {
        if (_isCluster is null)
        {
            // Asked until a server is there to answer; before that, nothing that is sent arrives anyway.
            var server = Array.Find(redis.GetServers(), server => server.IsConnected);
            _isCluster = server is null ? null : server.ServerType == ServerType.Cluster;
        }

        return _isCluster ?? false;
    }

    private static bool IsOutage(Exception exception) => exception switch
    {
        RedisConnectionException or TimeoutException or ObjectDisposedException => true,
        RedisServerException server => RefusesWork(server.Message),
        AggregateException aggregate => aggregate.InnerExceptions.All(IsOutage),
        _ => false,
    };

    /// <summary>Redis is there and cannot do its work; other errors it reports are bugs of ours and stay what they are.</summary>
    private static bool RefusesWork(string message) =>
        Array.Exists(
            ["LOADING", "READONLY", "OOM", "MISCONF", "MASTERDOWN", "NOREPLICAS", "CLUSTERDOWN", "TRYAGAIN", "BUSY", "MOVED", "NOAUTH", "WRONGPASS"],
            error => message.Contains(error, StringComparison.Ordinal));
}
