using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.Tests.Fixtures;

/// <summary>Why a stack did not become healthy: each resource that is not, with the end of what it wrote.</summary>
internal static class ResourceReport
{
    private const int Lines = 40;

    private static readonly string[] Resources =
    [
        ResourceNames.Redis, "redis-server", "garnet", ResourceNames.Postgres, "postgres-server", ResourceNames.AuthDb,
        ResourceNames.TasksDb,
        ResourceNames.AuthServer, ResourceNames.TasksApi, ResourceNames.Web,
    ];

    public static async Task<string> OfUnhealthyAsync(DistributedApplication app)
    {
        var report = new StringBuilder("The stack did not become healthy.");
        foreach (var name in Resources)
        {
            var snapshot = app.ResourceNotifications.TryGetCurrentState(name, out var current) ? current?.Snapshot : null;
            if (snapshot?.HealthStatus == HealthStatus.Healthy)
            {
                continue;
            }

            report.AppendLine().AppendLine().Append(name).Append(": ").Append(snapshot?.State?.Text ?? "not started");
            if (snapshot is null)
            {
                // It has no log, and asking for one would hide why the start was given up.
                continue;
            }

            foreach (var line in (await LogOfAsync(app, name)).Split('\n').TakeLast(Lines))
            {
                report.AppendLine().Append("  | ").Append(line);
            }
        }

        return report.ToString();
    }

    /// <summary>All that the resource has written.</summary>
    public static async Task<string> LogOfAsync(DistributedApplication app, string resource)
    {
        var log = new StringBuilder();
        // By the resource: by its name the service would want the orchestrator's name of one instance.
        if (app.Services.GetRequiredService<DistributedApplicationModel>().Resources.FirstOrDefault(
            other => other.Name == resource) is not { } logged)
        {
            return "";
        }

        await foreach (var lines in app.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync(logged))
        {
            foreach (var line in lines)
            {
                log.Append(line.Content).Append('\n');
            }
        }

        return log.ToString();
    }
}
