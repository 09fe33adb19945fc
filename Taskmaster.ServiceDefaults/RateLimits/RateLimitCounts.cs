using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.ServiceDefaults.RateLimits;

/// <summary>
/// The counts of all replicas, in Redis: key <c>rl:{policy}:{hash of the caller}:{window}</c>, a number, kept for two
/// windows. Callers are hashed because addresses are personal data.
/// </summary>
internal sealed partial class RateLimitCounts(IConnectionMultiplexer redis, ILogger<RateLimitCounts> logger)
{
    private const int HashLength = 16;

    // Adds and, the first time, sets the expiry: in one step, so that no crash leaves a key that stays for ever.
    private const string Script =
        """
        local total = redis.call('INCRBY', KEYS[1], ARGV[1])
        if total == tonumber(ARGV[1]) then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
        return total
        """;

    private volatile bool _isAway;

    /// <returns>The total of all replicas; null while Redis does not answer.</returns>
    public async Task<long?> AddAsync(RateLimitPolicy policy, string caller, long window, long count)
    {
        try
        {
            var total = (long)await redis.SendAsync(
                "EVALSHA",
                database => database.ScriptEvaluateAsync(
                    Script, [KeyOf(policy, caller, window)], [count, (long)policy.Retention.TotalMilliseconds]),
                "count_requests");
            _isAway = false;
            return total;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            if (!_isAway)
            {
                _isAway = true;
                Log.CountingAlone(logger, exception);
            }

            return null;
        }
    }

    private static string KeyOf(RateLimitPolicy policy, string caller, long window) =>
        $"rl:{policy.Name}:{Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(caller)).AsSpan(0, HashLength))}:{window}";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Redis does not answer: rate limits are counted by each replica for itself.")]
        public static partial void CountingAlone(ILogger logger, Exception exception);
    }
}
