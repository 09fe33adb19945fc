using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Taskmaster.LocalHost.Running;

/// <summary>Tells on the console how each resource is getting on.</summary>
internal sealed class ConsoleReport : IDisposable
{
    private readonly ResourceNotificationService _notifications;
    private readonly HashSet<string> _healthy = [];
    private readonly int _expected;
    private bool _stopping;

    private ConsoleReport(ResourceNotificationService notifications, int expected)
    {
        _notifications = notifications;
        _expected = expected;
        _notifications.Published += Show;
    }

    public static ConsoleReport Begin(IServiceProvider services)
    {
        var settings = services.GetRequiredService<LocalHostSettings>();
        var projects = services.GetRequiredService<BuiltProjects>();
        Console.WriteLine($"{projects.AppHostName} on the local host: no containers, no Aspire packages, no dashboard.");
        Console.WriteLine($"  data  {settings.DataFolder}");
        Console.WriteLine($"  logs  {Path.Combine(settings.DataFolder, "logs")}");
        return new ConsoleReport(
            services.GetRequiredService<ResourceNotificationService>(),
            services.GetRequiredService<IResourceCollection>().Count(resource => resource is not ParameterResource));
    }

    public void Stopping()
    {
        _stopping = true;
        Line("stopping", "");
    }

    public void Dispose() => _notifications.Published -= Show;

    private void Show(ResourceEvent update)
    {
        if (ResourceNotificationService.IsHealthy(update))
        {
            Line(update.Resource.Name, $"healthy   {Address(update.Resource)}");
            if (_healthy.Add(update.Resource.Name) && _healthy.Count == _expected)
            {
                Line("all healthy", "");
            }
        }
        else if (ResourceNotificationService.HasEnded(update) && !_stopping)
        {
            Line(update.Resource.Name, $"{update.Snapshot.State!.Text}, exit code {update.Snapshot.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "none"}");
        }
        else if (_healthy.Contains(update.Resource.Name) && update.Snapshot.HealthStatus is { } health)
        {
            Line(update.Resource.Name, health.ToString());
        }
    }

    private static string Address(IResource resource) => resource switch
    {
        ProjectResource project => string.Join("  ", project.Annotations.OfType<EndpointAnnotation>()
            .Select(endpoint => new EndpointReference(project, endpoint.Name).Url)),
        RedisResource redis => string.Create(CultureInfo.InvariantCulture, $"localhost:{redis.PrimaryEndpoint.Port}"),
        PostgresServerResource postgres => string.Create(CultureInfo.InvariantCulture, $"localhost:{postgres.PrimaryEndpoint.Port}"),
        _ => "",
    };

    private static void Line(string what, string state)
    {
        using var process = Process.GetCurrentProcess();
        var age = TimeProvider.System.GetUtcNow() - process.StartTime.ToUniversalTime();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {age.TotalSeconds,5:0.0} s  {what,-11} {state}").TrimEnd());
    }
}
