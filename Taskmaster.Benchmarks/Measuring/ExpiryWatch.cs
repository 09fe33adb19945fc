using System.Diagnostics;
using Taskmaster.Benchmarks.Flows;
using Taskmaster.Benchmarks.Load;
using Taskmaster.Benchmarks.Sides.Ours;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Measuring;

/// <summary>
/// A Taskmaster whose codes and tokens live for seconds, given some of each as the run begins. By the end of the run
/// the store's margin has passed as well, and there must be as many keys as before.
/// </summary>
internal sealed class ExpiryWatch
{
    private const string Name = "ours-short-lived";
    private const int Flows = 100;

    // Codes and refresh tokens must live until the next flow uses them.
    private static readonly Dictionary<string, string> Lifetimes = new()
    {
        ["Tokens__AuthorizationCode"] = "00:00:15",
        ["Tokens__AccessToken"] = "00:00:15",
        ["Tokens__RefreshToken"] = "00:00:15",
        ["Tokens__RefreshTokenReuseLeeway"] = "00:00:05",
        // Within the store's margin, by which the watch ends.
        ["RequestLog__Retention"] = "00:05:00",
        // The set-up signs somebody up, and the count of that is kept for two windows.
        ["RateLimits__signup__Window"] = "00:01:00",
    };

    // RedisTokenStoreOptions.RetentionMargin, the lifetime, and some seconds for Redis to notice.
    private static readonly TimeSpan Gone = TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(30);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly RedisServer _redis;
    private readonly long _before;
    private long _made;

    private ExpiryWatch(RedisServer redis, long before)
    {
        _redis = redis;
        _before = before;
    }

    public static async Task<ExpiryWatch> BeginAsync(Run run, LoadProcess load)
    {
        var redis = await RedisServer.StartAsync(run, Name);
        // Before the set-up: its tokens expire as well.
        var watch = new ExpiryWatch(redis, await redis.KeyCountAsync());
        var side = await TaskmasterSide.StartAsync(run, Name, redis, Lifetimes);

        var runner = new FlowRunner(side, load);
        await runner.BeginAsync();
        foreach (var flow in (Flow[])[Flow.ClientCredentials, Flow.CodeFlow, Flow.Redemption, Flow.Refresh])
        {
            await (await runner.PrepareAsync(flow, FlowAmount.OneByOne(Flows)))();
        }

        watch._made = await redis.KeyCountAsync() - watch._before;
        watch._watch.Restart();
        return watch;
    }

    /// <summary>Keys that were made, and keys that are still there when all should have gone.</summary>
    public async Task<(long Made, long Left)> EndAsync()
    {
        var rest = Gone - _watch.Elapsed;
        if (rest > TimeSpan.Zero)
        {
            await Console.Error.WriteLineAsync($"waiting {rest.TotalSeconds:0} s for the store's margin to pass");
            await Task.Delay(rest);
        }

        return (_made, await _redis.KeyCountAsync() - _before);
    }
}
