using Microsoft.Extensions.Hosting;

namespace Taskmaster.ServiceDefaults.RateLimits;

/// <summary>Keeps the counts of the replicas together. A window in which nobody came costs nothing.</summary>
internal sealed class RateLimitExchange(RateLimiter limiter, TimeProvider clock) : BackgroundService
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await limiter.ExchangeAsync();
        }
    }
}
