using StackExchange.Redis;

namespace Taskmaster.Web;

/// <summary>A service or store that Web needs does not answer: the caller gets a 503 and may come again.</summary>
internal static class Outage
{
    /// <summary>Seconds. Redis and the services come back within two; a little more keeps a crowd from arriving at once.</summary>
    public const string RetryAfter = "5";

    private const int RedisTimeoutMilliseconds = 1000;

    /// <summary>A page fails at once while Redis is away, instead of waiting in a queue for it.</summary>
    public static void FailFast(ConfigurationOptions redis)
    {
        redis.BacklogPolicy = BacklogPolicy.FailFast;
        redis.AsyncTimeout = RedisTimeoutMilliseconds;
        redis.SyncTimeout = RedisTimeoutMilliseconds;
        redis.ReconnectRetryPolicy = new LinearRetry(RedisTimeoutMilliseconds);
    }

    /// <summary>The status of the error page for an exception nothing else handled.</summary>
    public static int StatusFor(Exception exception) =>
        exception is ServiceUnavailableException or RedisConnectionException or RedisTimeoutException or RedisServerException
            ? StatusCodes.Status503ServiceUnavailable
            : StatusCodes.Status500InternalServerError;
}
