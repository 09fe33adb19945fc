using System.Diagnostics;
using Taskmaster.Benchmarks.Flows;
using Taskmaster.Benchmarks.Sides;

namespace Taskmaster.Benchmarks.Measuring;

/// <summary>
/// Measures all sides' flows in rounds: within a round each flow runs on one side after the other, and each round
/// begins with another side, so that what else happens on the machine hits all of them alike.
/// </summary>
internal sealed class Meter(IReadOnlyList<FlowRunner> runners, BenchmarkOptions options)
{
    private const double FirstGuess = 80;
    private const int First = 20;

    // What the first makes hot, the runtime compiles to count how it is used, and after the second for good.
    private const int WarmUps = 3;

    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private readonly Dictionary<(Side Side, Flow Flow), double> _rates = [];
    private readonly Dictionary<(Side Side, Flow Flow), List<Measurement>> _rounds = [];

    /// <summary>The flows in the order they are measured and shown.</summary>
    public IReadOnlyList<Flow> Flows { get; } = [.. Enum.GetValues<Flow>().Where(flow => runners.Any(runner => runner.Side.Flows.Contains(flow)))];

    /// <summary>Every flow on every side until the compilers have settled; also finds out how much each round must prepare.</summary>
    public async Task WarmUpAsync()
    {
        foreach (var runner in Enumerable.Repeat(runners, WarmUps).SelectMany(all => all))
        {
            foreach (var flow in Flows.Where(runner.Side.Flows.Contains))
            {
                // One by one at first: sixteen at once at a cold server may wait for longer than its time-outs allow.
                await (await runner.PrepareAsync(flow, FlowAmount.OneByOne(First)))();

                var run = await runner.PrepareAsync(flow, FlowAmount.For(flow, options.WarmUpSeconds, FirstGuess));
                _rates[(runner.Side, flow)] = (await run()).PerSecond;
                await SettleAsync(runner.Side);
            }
        }
    }

    public async Task MeasureAsync()
    {
        for (var round = 0; round < options.Rounds; round++)
        {
            Console.Error.WriteLine($"round {round + 1} of {options.Rounds}");
            foreach (var flow in Flows)
            {
                foreach (var runner in runners.Skip(round % runners.Count).Concat(runners.Take(round % runners.Count)).Where(runner => runner.Side.Flows.Contains(flow)))
                {
                    await MeasureAsync(runner, flow);
                }
            }
        }
    }

    /// <summary>Until the side's servers have nothing left to compile: no request waits for them, and still they work.</summary>
    private static async Task SettleAsync(Side side)
    {
        var started = Stopwatch.GetTimestamp();
        double used;
        do
        {
            var before = side.Servers.Sum(server => server.ProcessorSeconds());
            await Task.Delay(_look);
            used = side.Servers.Sum(server => server.ProcessorSeconds()) - before;
        }
        while (used > 0.1 * _look.TotalSeconds && Stopwatch.GetElapsedTime(started) < _patience);
    }

    public MeasuredFlows Results() => new(Flows, [.. runners.Select(runner => runner.Side)], _rounds);

    private async Task MeasureAsync(FlowRunner runner, Flow flow)
    {
        var key = (runner.Side, flow);
        var run = await runner.PrepareAsync(flow, FlowAmount.For(flow, options.Seconds, _rates[key]));

        var before = ProcessorUse.Of(runner.Side);
        var result = await run();
        var measurement = Measurement.Of(result, ProcessorUse.Of(runner.Side) - before);

        _rates[key] = measurement.PerSecond;
        if (!_rounds.TryGetValue(key, out var rounds))
        {
            _rounds[key] = rounds = [];
        }

        rounds.Add(measurement);
    }
}
