using Microsoft.Extensions.Options;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.AuthServer.Keys;

/// <summary>Looks after the keys while the server runs. An outage of Postgres changes nothing: the keys in hand go on.</summary>
internal sealed partial class KeyMaintenance(
    IServiceScopeFactory scopes, IOptions<SigningKeyRotation> times, TimeProvider clock, ILogger<KeyMaintenance> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(times.Value.CheckEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<KeyRotation>().MaintainAsync(stoppingToken);
            }
            catch (Exception exception) when (StoreOutage.IsOutage(exception))
            {
                Log.NotChecked(logger, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Whether the signing keys are due for a change could not be checked.")]
        public static partial void NotChecked(ILogger logger, Exception exception);
    }
}
