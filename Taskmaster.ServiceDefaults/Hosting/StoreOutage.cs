using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using StackExchange.Redis;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.ServiceDefaults.Hosting;

/// <summary>Tells an outage of Redis or Postgres, which a caller is told as a 503, from a bug of ours.</summary>
public static class StoreOutage
{
    /// <summary>The resource that is away, by an exception or what caused it; null when it is no outage.</summary>
    /// <param name="exception">What a request or a background task ended with.</param>
    /// <param name="postgres">The service's database; null in a service whose requests ask none.</param>
    public static string? ResourceOf(Exception? exception, string? postgres = null) => exception switch
    {
        // Whoever cancels a statement has left, whatever that did to the statement.
        null or OperationCanceledException => null,
        IResourceOutage outage => outage.Resource,

        // A RedisTimeoutException is no RedisException. The token store's own exception is one.
        RedisException or RedisTimeoutException => ResourceNames.Redis,

        // One that was just demoted refuses writes until the connections go to its successor.
        PostgresException answer => answer.IsTransient || answer.SqlState is PostgresErrorCodes.ReadOnlySqlTransaction ? postgres : null,

        // Two statements at once on one connection: a bug, whatever it derives from.
        NpgsqlOperationInProgressException => null,
        NpgsqlException or TimeoutException or RetryLimitExceededException => postgres,
        AggregateException several => several.InnerExceptions
            .Select(inner => ResourceOf(inner, postgres))
            .FirstOrDefault(static resource => resource is not null),
        _ => ResourceOf(exception.InnerException, postgres),
    };

    /// <summary>Whether a store is away, whichever it is.</summary>
    public static bool IsOutage(Exception? exception) => ResourceOf(exception, postgres: "postgres") is not null;
}
