using Taskmaster.Benchmarks.Flows;
using Taskmaster.Benchmarks.Load;
using Taskmaster.Benchmarks.Machine;
using Taskmaster.Benchmarks.Measuring;
using Taskmaster.Benchmarks.Report;
using Taskmaster.Benchmarks.Sides;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks;

/// <summary>One run: start every side, count, warm up, measure in rounds, report.</summary>
internal static class Comparison
{
    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        using var run = new Run();
        using var stop = new StopOnSignal();
        var load = new LoadProcess(run);

        var runners = (await SidesAsync(run, options)).Select(side => new FlowRunner(side, load)).ToList();
        foreach (var runner in runners)
        {
            await runner.BeginAsync();
        }

        if (options.CountsOnly)
        {
            CountsReport.Write(await FlowCounter.CountAsync(runners.Single()));
            return 0;
        }

        var expiry = options.Short ? null : await ExpiryWatch.BeginAsync(run, load);
        var meter = new Meter(runners, options);
        await meter.WarmUpAsync();
        await meter.MeasureAsync();

        var findings = new Findings(meter.Results(), await StoresAsync(runners), expiry is null ? null : await expiry.EndAsync());
        await Console.Out.WriteLineAsync(await BenchmarkReport.WriteAsync(findings, options));
        return 0;
    }

    private static async Task<IReadOnlyList<Side>> SidesAsync(Run run, BenchmarkOptions options)
    {
        if (options.CountsOnly)
        {
            return [await OursAsync(run, TaskmasterSide.OnRedis)];
        }

        var ours = await OursAsync(run, TaskmasterSide.OnRedis);
        List<Side?> sides = [await FloorSide.StartAsync(run), ours, await TaskmasterSide.WithoutShortPathAsync(run, ours)];
        if (!options.Short)
        {
            sides.Add(await TaskmasterSide.StartAsync(run, TaskmasterSide.OnGarnet, await GarnetServer.StartAsync(run, TaskmasterSide.OnGarnet)));
            sides.Add(await StockSide.StartAsync(run));
            sides.Add(await OidcProviderSide.StartAsync(run));
        }

        return [.. sides.OfType<Side>()];
    }

    private static async Task<Side> OursAsync(Run run, string name, IReadOnlyDictionary<string, string>? settings = null) =>
        await TaskmasterSide.StartAsync(run, name, await RedisServer.StartAsync(run, name), settings);

    private static async Task<IReadOnlyList<StoreFindings>> StoresAsync(IReadOnlyList<FlowRunner> runners)
    {
        var findings = new List<StoreFindings>();
        foreach (var runner in runners)
        {
            // Memory first: it is what the load left behind.
            var resident = runner.Side.Servers[0].ResidentBytes();
            findings.Add(new StoreFindings(runner.Side, resident, await TokenSize.MeasureAsync(runner), await FlowCounter.CountAsync(runner)));
        }

        return findings;
    }
}
