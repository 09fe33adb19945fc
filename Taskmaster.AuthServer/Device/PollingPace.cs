using Microsoft.Extensions.Options;
using StackExchange.Redis;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.AuthServer.Device;

/// <summary>
/// How fast each device may poll, counted in Redis for all replicas. Polling too soon makes the interval longer for the
/// rest of the code's life, as the device is told to make it (RFC 8628 §3.5).
/// </summary>
internal sealed class PollingPace(IConnectionMultiplexer redis, IOptions<TokenLifetimes> lifetimes, TimeProvider clock)
{
    // RFC 8628 §3.5: by what slow_down makes a device slower, whatever its interval was.
    private static readonly TimeSpan Slower = TimeSpan.FromSeconds(5);

    // KEYS 1 the pace of a code, "interval allowed-at" in ms; ARGV 1 now; 2 the interval; 3 what slow_down adds to it;
    // 4 time to live, all in ms.
    // A tenth of the interval is forgiven, because a request that is sent on time may still arrive early.
    private const string Script = """
        local now = tonumber(ARGV[1])
        local interval = tonumber(ARGV[2])
        local soon = false
        local pace = redis.call('GET', KEYS[1])
        if pace then
          local known, allowed = string.match(pace, '^(%d+) (%d+)$')
          interval = tonumber(known)
          soon = now < tonumber(allowed)
        end
        if soon then
          interval = interval + tonumber(ARGV[3])
        end
        redis.call('SET', KEYS[1], string.format('%.0f %.0f', interval, now + interval * 0.9), 'PX', ARGV[4])
        return soon and 0 or 1
        """;

    /// <param name="codeId">The id of the code's entry, from which the code cannot be told.</param>
    public async Task<bool> MayPollAsync(string codeId) =>
        (bool)await redis.SendAsync(
            "EVALSHA",
            database => database.ScriptEvaluateAsync(
                Script,
                [RedisKeys.DevicePace(codeId)],
                [
                    clock.GetUtcNow().ToUnixTimeMilliseconds(),
                    (long)lifetimes.Value.DevicePollingInterval.TotalMilliseconds,
                    (long)Slower.TotalMilliseconds,
                    (long)lifetimes.Value.DeviceCode.TotalMilliseconds,
                ]),
            "pace_polling");
}
