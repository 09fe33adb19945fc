using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.TasksApi.Search;

namespace Taskmaster.TasksApi.Data;

/// <summary>
/// Brings tasksdb to the current schema in one traced step before the service listens, or waits for the command that does
/// (<see cref="SchemaMigration"/>): hosted services start before the server does. Replicas that start together take turns.
/// </summary>
internal sealed class MigrateTasksDb(
    IServiceScopeFactory scopes, IConfiguration configuration, TimeProvider clock, ILogger<MigrateTasksDb> logger) : IHostedService
{
    public const string Source = "Taskmaster.TasksApi.Data";

    /// <summary>Names the lock; any number that nothing else in tasksdb locks.</summary>
    private const long Turn = 0x7461736B73;

    /// <summary>For one's turn as well as for an index over many tasks.</summary>
    private static readonly TimeSpan StatementTimeout = TimeSpan.FromMinutes(10);

    private static readonly ActivitySource Activities = new(Source);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TasksDbContext>().Database;
        if (configuration.RunsAtStart())
        {
            _ = await MigrateAsync(database, cancellationToken);
        }
        else
        {
            await database.WaitForMigrationAsync(clock, logger, cancellationToken);
        }
    }

    /// <returns>The migrations that were applied.</returns>
    public static async Task<IReadOnlyList<string>> MigrateAsync(DatabaseFacade database, CancellationToken cancellationToken)
    {
        using var activity = Activities.StartActivity("migrate tasksdb");
        database.SetCommandTimeout(StatementTimeout);
        await database.OpenConnectionAsync(cancellationToken);
        try
        {
            // EF Core's own lock ends with the first migration's transaction, and two replicas would both go on with the second.
            await database.ExecuteSqlAsync($"SELECT pg_advisory_lock({Turn})", cancellationToken);
            var missing = await database.GetMissingMigrationsAsync(cancellationToken);
            await database.MigrateAsync(cancellationToken);
            await database.GrantAsync<TasksDbContext>(cancellationToken);
            await FillSearch.FillAsync(database, cancellationToken);
            await database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({Turn})", cancellationToken);
            return missing;
        }
        finally
        {
            await database.CloseConnectionAsync();
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
