using System.Diagnostics;
using System.Diagnostics.Metrics;
using StackExchange.Redis;
using Taskmaster.TokenStore.Redis;

namespace Taskmaster.ServiceDefaults.Hosting;

/// <summary>
/// How a service sends a command to Redis, other than through the token store, which does the same for itself: as a span of
/// the request that waits, an error when it fails, and measured. Nothing else asks for a database (a test looks).
/// </summary>
public static class RedisCommands
{
    /// <summary>The source of spans and the meter to add to OpenTelemetry.</summary>
    public const string TelemetryName = "Taskmaster.Redis";

    private static readonly ActivitySource Activities = new(TelemetryName);

    private static readonly Histogram<double> Durations = new Meter(TelemetryName).CreateHistogram(
        "db.client.operation.duration",
        "s",
        "How long a command to Redis was waited for.",
        tags: null,
        // The conventions' advice for databases.
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10] });

    /// <param name="redis">Where to.</param>
    /// <param name="command">The command's name in Redis.</param>
    /// <param name="send">Sends it.</param>
    /// <param name="script">What the script does that the command runs.</param>
    public static Task<T> SendAsync<T>(
        this IConnectionMultiplexer redis, string command, Func<IDatabaseAsync, Task<T>> send, string? script = null)
    {
        ArgumentNullException.ThrowIfNull(redis);
        ArgumentNullException.ThrowIfNull(send);

        return Activities.HasListeners() || Durations.Enabled
            ? ObservedAsync(redis, command, send, script)
            : send(redis.GetDatabase());
    }

    private static async Task<T> ObservedAsync<T>(
        IConnectionMultiplexer redis, string command, Func<IDatabaseAsync, Task<T>> send, string? script)
    {
        var began = Stopwatch.GetTimestamp();
        using var span = RedisSpan.Start(Activities, redis, command, script);
        string? error = null;
        try
        {
            return await send(redis.GetDatabase());
        }
        catch (Exception exception)
        {
            error = RedisSpan.Fail(span, exception);
            throw;
        }
        finally
        {
            var tags = new TagList { { "db.system.name", "redis" }, { "db.operation.name", command } };
            if (script is not null)
            {
                tags.Add("db.stored_procedure.name", script);
            }

            if (error is not null)
            {
                tags.Add("error.type", error);
            }

            Durations.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, tags);
        }
    }
}
