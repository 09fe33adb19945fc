using System.Globalization;
using System.Text;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Taskmaster.AppHost.Local;

/// <summary>
/// Ends the application when a program ends before it was ever ready, saying which, with the end of its log: those that wait
/// for it would wait for ever. One that ends later is left to the dashboard, and the others go on.
/// </summary>
internal sealed class EarlyEnds(
    ResourceNotificationService notifications, ResourceLoggerService logs, StoreStates stores, IHostApplicationLifetime lifetime)
    : BackgroundService
{
    private const int Lines = 25;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var ready = new HashSet<string>();
        await foreach (var change in notifications.WatchAsync(stoppingToken))
        {
            var state = change.Snapshot.State?.Text;
            if (state == KnownResourceStates.Running && change.Snapshot.HealthStatus == HealthStatus.Healthy)
            {
                _ = ready.Add(change.Resource.Name);
            }
            else if ((change.Resource is ProjectResource or ExecutableResource || change.Resource.IsContainer())
                // A store's program has no health of its own.
                && !ready.Contains((stores.StoreOf(change.Resource) ?? change.Resource).Name)
                && KnownResourceStates.TerminalStates.Contains(state)
                && !lifetime.ApplicationStopping.IsCancellationRequested)
            {
                await SayAsync(change);
                Environment.ExitCode = 1;
                lifetime.StopApplication();
                return;
            }
        }
    }

    private async Task SayAsync(ResourceEvent change)
    {
        var message = new StringBuilder();
        _ = change.Snapshot.ExitCode is { } exitCode
            ? message.Append(CultureInfo.InvariantCulture, $"'{change.Resource.Name}' ended with exit code {exitCode} before it was "
                + $"ready. Its log ends:")
            : message.Append(CultureInfo.InvariantCulture, $"'{change.Resource.Name}' could not be started "
                + $"({change.Snapshot.State?.Text}). Its log ends:");
        var lines = new List<string>();
        await foreach (var batch in logs.GetAllAsync(change.Resource))
        {
            lines.AddRange(batch.Select(line => line.Content));
        }

        foreach (var line in lines.TakeLast(Lines))
        {
            message.AppendLine().Append("  | ").Append(line);
        }

        await Console.Error.WriteLineAsync(message);
    }
}
