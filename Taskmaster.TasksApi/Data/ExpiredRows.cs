using Microsoft.EntityFrameworkCore;
using Npgsql;
using Taskmaster.TasksApi.Answers;

namespace Taskmaster.TasksApi.Data;

/// <summary>
/// Removes rows that have had their time, a few at a time and none that somebody holds, so that no request waits for it
/// and any number of replicas may do it at once.
/// </summary>
internal sealed partial class ExpiredRows(
    IServiceScopeFactory scopes, IEnumerable<RowRetention> retentions, TimeProvider clock, ILogger<ExpiredRows> logger)
    : BackgroundService
{
    private const int Batch = 1000;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TasksDbContext>().Database;
        var now = clock.Now();

        foreach (var (table, time, retention) in retentions)
        {
            var sql =
                $"""
                DELETE FROM {table} WHERE ctid = ANY(ARRAY(
                    SELECT ctid FROM {table} WHERE {time} < @before LIMIT {Batch} FOR UPDATE SKIP LOCKED))
                """;
            int removed;
            do
            {
                removed = await db.ExecuteSqlRawAsync(
                    sql, [new NpgsqlParameter<DateTime>("before", now - retention)], cancellationToken);
            }
            while (removed == Batch);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RemoveAsync(stoppingToken);
            }
            catch (Exception exception) when (Outage.Behind(exception) is not null)
            {
                Log.Postponed(logger, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Expired rows stay until Postgres is back")]
        public static partial void Postponed(ILogger logger, Exception exception);
    }
}
