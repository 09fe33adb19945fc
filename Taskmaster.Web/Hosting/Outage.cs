using StackExchange.Redis;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.Web.Hosting;

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

    /// <summary>As long as a service said, where one did.</summary>
    public static string RetryAfterOf(Exception? exception) =>
        exception is TooManyRequestsException { RetryAfter: { } wait } ? $"{(long)wait.TotalSeconds}" : RetryAfter;

    /// <summary>The status of the error page for an exception that nothing else handled; the page adds <c>Retry-After</c>.</summary>
    public static int StatusFor(Exception exception) => exception switch
    {
        _ when StoreOutage.ResourceOf(exception) is not null => StatusCodes.Status503ServiceUnavailable,

        TooManyRequestsException => StatusCodes.Status429TooManyRequests,

        // What the server said of a body that it could not read to its end.
        BadHttpRequestException refused => refused.StatusCode,

        // The form exceeds a limit of ASP.NET Core's form reader.
        InvalidDataException => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status500InternalServerError,
    };
}
