using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace Taskmaster.Tests.Benchmarks;

/// <summary>
/// The short form of the benchmark, run once: it starts AuthServer and TasksApi and counts what each flow asks of the stores.
/// </summary>
public sealed class CountedFlows : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    private JsonElement _counts;

    public (double RoundTrips, double Sql) Of(string flow)
    {
        var cost = _counts.GetProperty(flow);
        return (cost.GetProperty("RoundTrips").GetDouble(), cost.GetProperty("Sql").GetDouble());
    }

    public async Task InitializeAsync()
    {
        var assembly = Assembly.GetExecutingAssembly()
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(data => data.Key == "Benchmarks").Value!;
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [assembly, "--counts"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var deadline = new CancellationTokenSource(Deadline);

        var error = process.StandardError.ReadToEndAsync(deadline.Token);
        var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);

        _counts = process.ExitCode == 0
            ? JsonDocument.Parse(output).RootElement
            : throw new InvalidOperationException("The benchmark failed: " + await error);
    }

    public Task DisposeAsync() => Task.CompletedTask;
}
