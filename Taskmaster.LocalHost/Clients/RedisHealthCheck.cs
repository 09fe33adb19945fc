using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Taskmaster.LocalHost.Clients;

/// <summary>Healthy when every Redis endpoint answers a PING. The connection is opened here, so that a failure to open it is a failed check.</summary>
internal sealed class RedisHealthCheck(IServiceProvider services) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var connection = services.GetRequiredService<IConnectionMultiplexer>();
            foreach (var endpoint in connection.GetEndPoints())
            {
                _ = await connection.GetServer(endpoint).PingAsync().WaitAsync(cancellationToken);
            }

            return HealthCheckResult.Healthy();
        }
        catch (RedisException exception)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, exception.Message, exception);
        }
    }
}
