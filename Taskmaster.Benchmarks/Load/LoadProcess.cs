using System.Diagnostics;
using System.Text.Json;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Load;

/// <summary>The load generator as a child on the other core.</summary>
internal sealed class LoadProcess
{
    private readonly Process _process;

    public LoadProcess(Run run)
    {
        string[] command = [.. Cores.Pin(Cores.Load), Places.Require("dotnet"), Places.Benchmarks, LoadGenerator.Name];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true };

        // In hexadecimal: 64 MB of new objects before it collects any, so that latencies are not the generator's own.
        start.Environment["DOTNET_GCgen0size"] = "4000000";
        _process = Process.Start(start)!;
        run.Own(_process);
    }

    /// <summary>
    /// Runs a job. Unless its requests may fail, one that is not answered as expected is thrown: nothing was measured.
    /// </summary>
    public async Task<LoadResult> ExecuteAsync(LoadJob job, bool mayFail)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(job));
        await _process.StandardInput.FlushAsync();
        var line = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The load generator ended.");
        var result = JsonSerializer.Deserialize<LoadResult>(line)!;
        return mayFail || (result.Failures == 0 && result.Flows > 0)
            ? result
            : throw new FailedFlowsException(
                $"{result.Failures} of {result.Flows + result.Failures} flows failed, the first with:\n"
                + $"{result.FirstFailure}\nof {job.Steps[0].Head}");
    }
}
