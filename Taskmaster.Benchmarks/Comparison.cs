using Taskmaster.Benchmarks.Flows;
using Taskmaster.Benchmarks.Load;
using Taskmaster.Benchmarks.Measuring;
using Taskmaster.Benchmarks.Report;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks;

/// <summary>One run: start every side, warm up, measure in rounds, count, report.</summary>
internal static class Comparison
{
    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        using var run = new Run();
        var load = new LoadProcess(run);
        var runners = (await ComparedSides.StartAsync(run, options.Subject)).Select(side => new FlowRunner(side, load)).ToList();
        foreach (var runner in runners)
        {
            await runner.BeginAsync();
        }

        await Console.Out.WriteLineAsync(options.Subject is Subject.Counts
            ? CountsReport.Write(await FlowCounter.CountAsync(runners.Single()))
            : await MeasureAsync(run, load, runners, options));
        return 0;
    }

    private static async Task<string> MeasureAsync(Run run, LoadProcess load, IReadOnlyList<FlowRunner> runners, BenchmarkOptions options)
    {
        var expiry = options.Subject is Subject.Everything ? await ExpiryWatch.BeginAsync(run, load) : null;
        var meter = new Meter(runners, options);
        await meter.WarmUpAsync();
        await meter.MeasureAsync();

        var flows = meter.Results();
        return options.Subject switch
        {
            Subject.Tasks => await TasksReport.WriteAsync(flows, options),
            Subject.Ladder => await LadderReport.WriteAsync(flows, options),
            _ => await BenchmarkReport.WriteAsync(
                new Findings(flows, await SidesAsync(runners), expiry is null ? null : await expiry.EndAsync()), options),
        };
    }

    private static async Task<IReadOnlyList<SideFindings>> SidesAsync(IReadOnlyList<FlowRunner> runners)
    {
        var findings = new List<SideFindings>();
        foreach (var runner in runners)
        {
            findings.Add(await SideFindings.MeasureAsync(runner));
        }

        return findings;
    }
}
