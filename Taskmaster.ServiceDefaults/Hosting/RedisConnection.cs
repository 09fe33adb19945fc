using Microsoft.Extensions.Hosting;
using StackExchange.Redis;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.ServiceDefaults.Hosting;

/// <summary>How a service is connected to Redis: one server, a Cluster, or what Sentinels name.</summary>
public static class RedisConnection
{
    /// <param name="builder">The service's.</param>
    /// <param name="configure">Its timeouts.</param>
    public static void AddRedis(this IHostApplicationBuilder builder, Action<ConfigurationOptions> configure) =>
        builder.AddRedisClient(ResourceNames.Redis, configureOptions: options =>
        {
            configure(options);

            // Aspire's health check asks a cluster for CLUSTER INFO, which is sent only so. What the service may do, Redis says.
            options.AllowAdmin = true;
        });
}
