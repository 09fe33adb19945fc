using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Taskmaster.LocalHost.Clients;

internal static class ClientHealthChecks
{
    /// <summary>Adds a check once, however often a client of that name is registered.</summary>
    public static void TryAddHealthCheck(this IHostApplicationBuilder builder, string name, Action<IHealthChecksBuilder> add)
    {
        if (builder.Properties.TryAdd($"Aspire.HealthChecks.{name}", true))
        {
            add(builder.Services.AddHealthChecks());
        }
    }
}
