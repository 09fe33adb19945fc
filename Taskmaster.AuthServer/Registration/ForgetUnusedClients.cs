using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.AuthServer.Registration;

/// <summary>
/// Deletes the dynamically registered clients that no user has consented to within <see cref="Retention"/>: anybody can
/// register a client, and unused ones must not pile up.
/// </summary>
internal sealed partial class ForgetUnusedClients(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ForgetUnusedClients> logger)
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
                await using var scope = scopes.CreateAsyncScope();
                var forgotten = await scope.ServiceProvider.GetRequiredService<DynamicClients>().ForgetUnusedAsync(
                    clock.GetUtcNow() - Retention, stoppingToken);
                Log.Forgotten(logger, forgotten);
            }
            catch (Exception exception) when (StoreOutage.IsOutage(exception))
            {
                Log.NotForgotten(logger, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "{Count} registered clients that were never used are forgotten.")]
        public static partial void Forgotten(ILogger logger, int count);

        [LoggerMessage(2, LogLevel.Warning, "Registered clients that were never used could not be forgotten; the next hour tries again.")]
        public static partial void NotForgotten(ILogger logger, Exception exception);
    }
}
