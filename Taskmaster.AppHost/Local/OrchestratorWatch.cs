using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Hosting;

namespace Taskmaster.AppHost.Local;

/// <summary>
/// Ends the AppHost with one sentence when Aspire's orchestrator, a process of its own, has been killed. The orchestrator's own
/// watchers end what it ran; without this the AppHost would stay, with nothing to show but stack traces.
/// </summary>
internal sealed class OrchestratorWatch(IHostApplicationLifetime lifetime) : BackgroundService
{
    private const string Name = "dcp";

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Elsewhere a process does not tell whom it monitors.
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var timer = new PeriodicTimer(Between);
        Process? found;
        while ((found = Find()) is null)
        {
            await timer.WaitForNextTickAsync(stoppingToken);
        }

        using var orchestrator = found;
        await orchestrator.WaitForExitAsync(stoppingToken);
        if (!lifetime.ApplicationStopping.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync(
                "Aspire's orchestrator has ended, and what it ran ends with it. No data is lost: start again.");
            // To stop the application would be to ask the orchestrator, and to wait half a minute for its answer.
            Environment.Exit(1);
        }
    }

    /// <summary>The orchestrator is told whose end it has to notice: ours.</summary>
    private static Process? Find() => Array.Find(
        Process.GetProcessesByName(Name),
        process => CommandLineOf(process).Contains(
            $"--monitor {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)} ", StringComparison.Ordinal));

    private static string CommandLineOf(Process process)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            // Ended meanwhile.
            return "";
        }
    }
}
