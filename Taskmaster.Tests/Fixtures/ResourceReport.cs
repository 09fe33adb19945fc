using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Taskmaster.ServiceDefaults;

namespace Taskmaster.Tests.Fixtures;

/// <summary>Why a stack did not become healthy: each resource that is not, with the end of what it wrote.</summary>
internal static class ResourceReport
{
    private const int Lines = 40;

    private static readonly string[] Resources =
    [
        ResourceNames.Redis, ResourceNames.Postgres, ResourceNames.AuthDb, ResourceNames.TasksDb,
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
            await foreach (var lines in app.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync(name))
            {
                foreach (var line in lines.TakeLast(Lines))
                {
                    report.AppendLine().Append("  | ").Append(line.Content);
                }
            }
        }

        return report.ToString();
    }
}
