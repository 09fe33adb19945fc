using Microsoft.EntityFrameworkCore;
using Taskmaster.TasksApi.Events;
using Taskmaster.TasksApi.Idempotency;
using Taskmaster.TasksApi.Requests;

namespace Taskmaster.TasksApi.Data;

/// <summary>
/// Removes rows that have had their time, a few at a time and none that somebody holds, so that no request waits for it
/// and any number of replicas may do it at once.
/// </summary>
internal sealed partial class ExpiredRows(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ExpiredRows> logger) : BackgroundService
{
    private const int Batch = 1000;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TasksDbContext>().Database;
        var now = clock.Now();

        await RemoveAsync(() => db.ExecuteSqlAsync(
            $"""
            DELETE FROM idempotency_keys WHERE ctid = ANY(ARRAY(
                SELECT ctid FROM idempotency_keys WHERE created_at < {now - IdempotencyKey.Lifetime} LIMIT {Batch} FOR UPDATE SKIP LOCKED))
            """,
            cancellationToken));
        await RemoveAsync(() => db.ExecuteSqlAsync(
            $"""
            DELETE FROM changes WHERE ctid = ANY(ARRAY(
                SELECT ctid FROM changes WHERE at < {now - Change.Retention} LIMIT {Batch} FOR UPDATE SKIP LOCKED))
            """,
            cancellationToken));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
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

    private static async Task RemoveAsync(Func<Task<int>> removeSome)
    {
        while (await removeSome() == Batch)
        {
            // There are more.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Expired rows stay until Postgres is back")]
        public static partial void Postponed(ILogger logger, Exception exception);
    }
}
