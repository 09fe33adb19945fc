using Taskmaster.Benchmarks.Flows;
using Taskmaster.Benchmarks.Load;
using Taskmaster.Benchmarks.Measuring;
using Taskmaster.Benchmarks.Report;
using Taskmaster.Benchmarks.Sides;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks;

/// <summary>One run: start every side, warm up, measure in rounds, count, report.</summary>
internal static class Comparison
{
    /// <summary>More measurements than this are not made again.</summary>
    private const int MostRepeated = 3;

    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        using var run = new Run();
        var load = new LoadProcess(run);
        var sides = await ComparedSides.StartAsync(run, options.Subject);
        var runners = sides.Select(side => new FlowRunner(side, load, options.Only)).ToList();
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
        var repeats = new Repeats(MostRepeated);
        var meter = new Meter(runners, options, repeats);
        await meter.WarmUpAsync();
        await meter.MeasureAsync();

        var flows = meter.Results();
        return options.Subject switch
        {
            Subject.Tasks => await TasksReport.WriteAsync(flows, options),
            Subject.Ladder => await LadderReport.WriteAsync(flows, options),
            _ => await BenchmarkReport.WriteAsync(await FindAsync(flows, runners, expiry, repeats, options), options),
        };
    }

    private static async Task<Findings> FindAsync(
        MeasuredFlows flows, IReadOnlyList<FlowRunner> runners, ExpiryWatch? expiry, Repeats repeats, BenchmarkOptions options)
    {
        var tls = runners.Where(runner => runner.Side.Kind is SideKind.Tls).ToList();
        var openLoop = await new OpenLoopMeter(tls, flows, options, repeats).MeasureAsync();

        // Memory before anything is counted: it is what the load left behind.
        var memory = ResidentMemory.Of(flows.Sides);
        var sides = new List<SideFindings>();
        foreach (var runner in runners.Where(runner => options.Counts && SideFindings.Tells(runner.Side)))
        {
            sides.Add(await SideFindings.MeasureAsync(runner));
        }

        return new(
            flows, memory, sides, openLoop, await TelemetryFindings.OfAsync(flows.Sides), expiry is null ? null : await expiry.EndAsync());
    }
}
