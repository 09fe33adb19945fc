using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Taskmaster.ServiceDefaults.Hosting;

/// <summary>
/// Who brings a service's database to the schema the service was built for: each start of the service, or the command
/// <see cref="Command"/> alone. The second is for a service whose role may not change the schema, and for one that reaches
/// Postgres through a pooler in transaction mode, where the lock that starts take turns by does not hold.
/// </summary>
public static partial class SchemaMigration
{
    public const string Command = "migrate";

    private const string Setting = "Taskmaster:MigrateAtStart";

    /// <summary>How long a start waits for a migration that runs beside it.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    /// <summary>Whether a start migrates; the setting <c>Taskmaster:MigrateAtStart</c>, true by default.</summary>
    public static bool RunsAtStart(this IConfiguration configuration) => configuration.GetValue(Setting, defaultValue: true);

    /// <summary>What a migration tells whoever asked for it.</summary>
    public static string Applied(IReadOnlyList<string> migrations)
    {
        ArgumentNullException.ThrowIfNull(migrations);

        return migrations is [.., var last]
            ? $"The database is up to date: {migrations.Count} migrations were applied, the last is {last}."
            : "The database was up to date.";
    }

    /// <summary>The migrations that were not applied yet.</summary>
    public static async Task<IReadOnlyList<string>> GetMissingMigrationsAsync(
        this DatabaseFacade database, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);

        // Asked first: a statement that names a table which does not exist is an error, and is logged as one.
        var hasHistory = await database
            .SqlQuery<bool>($"""SELECT to_regclass('"__EFMigrationsHistory"') IS NOT NULL AS "Value" """)
            .SingleAsync(cancellationToken);
        return [.. hasHistory ? await database.GetPendingMigrationsAsync(cancellationToken) : database.GetMigrations()];
    }

    /// <summary>Waits until nothing is pending, for a start that does not migrate.</summary>
    /// <exception cref="InvalidOperationException">The migration did not come, or did not end, in time.</exception>
    public static async Task WaitForMigrationAsync(
        this DatabaseFacade database, TimeProvider clock, ILogger logger, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(clock);

        var started = clock.GetTimestamp();
        string? said = null;
        while (await PendingAsync(database, cancellationToken) is { } pending)
        {
            if (clock.GetElapsedTime(started) > Longest)
            {
                throw new InvalidOperationException($"{pending} The command '{Command}' brings the database up to date.");
            }

            if (pending != said)
            {
                said = pending;
                Log.Waiting(logger, pending, Command);
            }

            await Task.Delay(Between, clock, cancellationToken);
        }
    }

    /// <summary>What is missing, as a sentence; null when nothing is.</summary>
    private static async Task<string?> PendingAsync(DatabaseFacade database, CancellationToken cancellationToken)
    {
        try
        {
            var pending = await database.GetMissingMigrationsAsync(cancellationToken);
            return pending.Count == 0 ? null : $"{pending.Count} migrations are pending, the first is {pending[0]}.";
        }
        catch (Exception exception) when (exception.GetBaseException() is PostgresException
        {
            SqlState: PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InvalidPassword
                or PostgresErrorCodes.InvalidAuthorizationSpecification or PostgresErrorCodes.InsufficientPrivilege,
        } refusal)
        {
            // The database, the role or its rights are not there yet.
            return $"Postgres refuses: {refusal.MessageText}.";
        }
        catch (Exception exception) when (StoreOutage.IsOutage(exception))
        {
            return $"Postgres does not answer: {exception.GetBaseException().Message}.";
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "This start does not migrate, and waits. {Pending} The command '{Command}' brings the "
            + "database up to date.")]
        public static partial void Waiting(ILogger logger, string pending, string command);
    }
}
