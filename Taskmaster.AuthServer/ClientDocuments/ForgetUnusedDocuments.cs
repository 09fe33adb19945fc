using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Data;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.AuthServer.ClientDocuments;

/// <summary>
/// Deletes the rows of clients that a document describes and that nobody lets in any more, a day after the document was last
/// fetched. Their tokens were revoked with the last consent; whoever lets such a client in again makes the same row.
/// </summary>
internal sealed partial class ForgetUnusedDocuments(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ForgetUnusedDocuments> logger)
    : BackgroundService
{
    public static readonly TimeSpan Retention = TimeSpan.FromDays(1);

    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);

        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                Log.Forgotten(logger, await ForgetAsync(stoppingToken));
            }
            catch (Exception exception) when (StoreOutage.IsOutage(exception))
            {
                Log.NotForgotten(logger, exception);
            }
        }
    }

    /// <summary>The number of rows deleted.</summary>
    public async Task<int> ForgetAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var before = clock.GetUtcNow() - Retention;

        // In SQL: consents know clients, and not the other way round.
        return await scope.ServiceProvider.GetRequiredService<AuthDbContext>().Database.ExecuteSqlAsync(
            $"""
             DELETE FROM clients
             WHERE document_fetched_at < {before}
             AND NOT EXISTS (SELECT 1 FROM consents WHERE consents.client_id = clients.id)
             """,
            cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "{Count} clients that nobody lets in any more are forgotten.")]
        public static partial void Forgotten(ILogger logger, int count);

        [LoggerMessage(2, LogLevel.Warning, "Clients that nobody lets in any more could not be forgotten; the next hour tries again.")]
        public static partial void NotForgotten(ILogger logger, Exception exception);
    }
}
