using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using StackExchange.Redis;
using Taskmaster.TokenStore;

namespace Taskmaster.AuthServer.Errors;

/// <summary>Tells an outage of Redis or Postgres from a bug.</summary>
internal static class StoreOutage
{
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
