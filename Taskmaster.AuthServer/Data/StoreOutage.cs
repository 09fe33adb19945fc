using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using StackExchange.Redis;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.TokenStore.Redis;

namespace Taskmaster.AuthServer.Data;

/// <summary>Tells an outage of Redis or Postgres from a bug.</summary>
internal static class StoreOutage
{
    /// <summary>Which of the two is away.</summary>
    public static string NameOf(Exception exception) => exception switch
    {
        TokenStoreUnavailableException or RedisException => ResourceNames.Redis,
        DbUpdateException or InvalidOperationException or RetryLimitExceededException or AggregateException
            when exception.InnerException is { } inner => NameOf(inner),
        _ => ResourceNames.AuthDb,
    };

    public static bool IsOutage(Exception? exception) => exception switch
    {
        null => false,
        TokenStoreUnavailableException or RedisException or TimeoutException or RetryLimitExceededException => true,
        PostgresException postgres => postgres.IsTransient || postgres.SqlState is PostgresErrorCodes.ReadOnlySqlTransaction,
        NpgsqlException => true,
        DbUpdateException or InvalidOperationException => IsOutage(exception.InnerException),
        AggregateException aggregate => aggregate.InnerExceptions.Any(IsOutage),
        _ => false,
    };
}
