using System.Collections.Concurrent;

namespace Taskmaster.ServiceDefaults.RateLimits;

/// <summary>
/// Counts requests by policy and caller. <see cref="Take"/> counts in memory and costs no round trip; what it counted is
/// exchanged with the other replicas through Redis every <see cref="RateLimitExchange.Period"/>, so a caller who uses
/// several replicas at once can exceed the limit by what they send to the others within one period.
/// While Redis is away each replica holds its callers to the limit by itself.
/// </summary>
internal sealed class RateLimiter(RateLimitCounts counts, TimeProvider clock)
{
    // Far above the callers of a minute. Forgetting counters loses only what has not been exchanged.
    private const int MaximumCounters = 100_000;

    private readonly ConcurrentDictionary<(RateLimitPolicy Policy, string Caller), WindowCounter> _counters = new();

    public RateLimitDecision Take(RateLimitPolicy policy, string caller)
    {
        var now = clock.GetUtcNow();
        return Decide(policy, now, CounterOf(policy, caller).Take(policy.WindowAt(now), policy.Limit));
    }

    /// <summary>The decision that <see cref="Take"/> would make, without counting the request.</summary>
    public RateLimitDecision Peek(RateLimitPolicy policy, string caller)
    {
        var now = clock.GetUtcNow();
        var left = _counters.TryGetValue((policy, caller), out var counter)
            ? counter.Peek(policy.WindowAt(now), policy.Limit)
            : policy.Limit - 1;
        return Decide(policy, now, left);
    }

    /// <summary>Uncounts a request that <see cref="Take"/> counted.</summary>
    public void GiveBack(RateLimitPolicy policy, string caller)
    {
        if (_counters.TryGetValue((policy, caller), out var counter))
        {
            counter.GiveBack(policy.WindowAt(clock.GetUtcNow()));
        }
    }

    /// <summary>Counts in Redis: one round trip, and no more than the limit across all replicas.</summary>
    public async ValueTask<RateLimitDecision> TakeExactlyAsync(RateLimitPolicy policy, string caller)
    {
        var now = clock.GetUtcNow();
        return await counts.AddAsync(policy, caller, policy.WindowAt(now), 1) is { } total
            ? Decide(policy, now, Math.Max(-1, policy.Limit - total))
            : Take(policy, caller);
    }

    /// <summary>Tells Redis what was counted since the last time and hears what the other replicas counted.</summary>
    public Task ExchangeAsync()
    {
        var now = clock.GetUtcNow();
        var exchanges = new List<Task>();
        foreach (var (key, counter) in _counters)
        {
            var (window, unsent) = counter.Unsent();
            if (window < key.Policy.WindowAt(now))
            {
                _counters.TryRemove(new(key, counter));
            }
            else if (unsent != 0)
            {
                exchanges.Add(ExchangeAsync(key.Policy, key.Caller, counter, window, unsent));
            }
        }

        return Task.WhenAll(exchanges);
    }

    private async Task ExchangeAsync(RateLimitPolicy policy, string caller, WindowCounter counter, long window, long unsent)
    {
        if (await counts.AddAsync(policy, caller, window, unsent) is { } total)
        {
            counter.Exchanged(window, unsent, total);
        }
    }

    private WindowCounter CounterOf(RateLimitPolicy policy, string caller)
    {
        if (_counters.TryGetValue((policy, caller), out var counter))
        {
            return counter;
        }

        if (_counters.Count >= MaximumCounters)
        {
            _counters.Clear();
        }

        return _counters.GetOrAdd((policy, caller), static _ => new WindowCounter());
    }

    private static RateLimitDecision Decide(RateLimitPolicy policy, DateTimeOffset now, long remaining) =>
        new(policy, remaining, policy.SecondsLeft(now));
}
