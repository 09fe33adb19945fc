using System.Diagnostics;
using Taskmaster.Benchmarks.Flows;
using Taskmaster.Benchmarks.Sides;

namespace Taskmaster.Benchmarks.Measuring;

/// <summary>
/// Measures all sides' flows in rounds: within a round each flow runs on one side after the other, and each round
/// begins with another side, so that what else happens on the machine hits all of them alike.
/// </summary>
internal sealed class Meter(IReadOnlyList<FlowRunner> runners, BenchmarkOptions options, Repeats repeats)
{
    private const double FirstGuess = 80;
    private const int First = 20;

    // What the first makes hot, the runtime compiles to count how it is used, and after the second for good.
    private const int FewestWarmUps = 3;
    private const int MostWarmUps = 16;

    // Nothing is measured by then.
    private const int MostRepeatedWarmUps = 20;

    /// <summary>A warm-up that cost more than this share of the one before has shown that there is little left to gain.</summary>
    private const double Settled = 0.95;

    /// <summary>
    /// As long as compiling takes more than this share of the server's time it is not over, even if a busy machine hides
    /// what is gained.
    /// </summary>
    private const double Compiled = 0.05;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan CompilationTimeout = TimeSpan.FromSeconds(10);

    private readonly Repeats _warmUps = new(MostRepeatedWarmUps);
    private readonly Dictionary<(Side Side, Flow Flow), double> _rates = [];
    private readonly Dictionary<(Side Side, Flow Flow), List<Measurement>> _rounds = [];

    /// <summary>The flows in the order they are measured and shown.</summary>
    public IReadOnlyList<Flow> Flows { get; } =
        [.. Enum.GetValues<Flow>().Where(flow => runners.Any(runner => runner.Flows.Contains(flow)))];

    /// <summary>
    /// Runs every flow on every side until it costs no less from one time to the next and nothing is left to compile; also
    /// finds out how much each round must prepare.
    /// </summary>
    public async Task WarmUpAsync()
    {
        var cold = runners.SelectMany(runner => Flows.Where(runner.Flows.Contains).Select(flow => (Runner: runner, Flow: flow))).ToList();
        foreach (var (runner, flow) in cold)
        {
            // One by one at first: sixteen at once at a cold server may wait for longer than its time-outs allow.
            await (await runner.PrepareAsync(flow, FlowAmount.OneByOne(First)))();
            _rates[(runner.Side, flow)] = FirstGuess;
        }

        Dictionary<(FlowRunner Runner, Flow Flow), double> costs = [];
        for (var warmUp = 1; cold.Count > 0 && warmUp <= MostWarmUps; warmUp++)
        {
            Console.Error.WriteLine($"warm-up {warmUp}: {cold.Count} flows");
            foreach (var each in cold.ToList())
            {
                var side = each.Runner.Side;
                var (used, compiled) = (ProcessorUse.Of(side), CompilerSeconds(side));
                var warmingUp = () => RunAsync(each.Runner, each.Flow, options.WarmUpSeconds);
                var cost = (await _warmUps.RunAsync(warmingUp)).ServerMs;
                await SettleAsync(side);

                var compiling = CompilerSeconds(side).Sum(thread => thread.Value - compiled.GetValueOrDefault(thread.Key));
                var isCompiled = compiling < Compiled * (ProcessorUse.Of(side) - used).Server;
                if (warmUp >= FewestWarmUps && cost > Settled * costs[each] && isCompiled)
                {
                    cold.Remove(each);
                }

                costs[each] = cost;
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
                var (last, first) = (runners.Take(round % runners.Count), runners.Skip(round % runners.Count));
                foreach (var runner in first.Concat(last).Where(runner => runner.Flows.Contains(flow)))
                {
                    await MeasureAsync(runner, flow);
                }
            }
        }
    }

    public MeasuredFlows Results() => new(Flows, [.. runners.Select(runner => runner.Side)], _rounds, repeats);

    private static Dictionary<int, double> CompilerSeconds(Side side) =>
        side.Servers.SelectMany(ProcessStat.CompilerSeconds).ToDictionary();

    /// <summary>Until the side's servers have nothing left to compile: no request waits for them, and still they work.</summary>
    private static async Task SettleAsync(Side side)
    {
        var started = Stopwatch.GetTimestamp();
        double used;
        do
        {
            var before = side.Servers.Sum(ProcessStat.ProcessorSeconds);
            await Task.Delay(LookEvery);
            used = side.Servers.Sum(ProcessStat.ProcessorSeconds) - before;
        }
        while (used > 0.1 * LookEvery.TotalSeconds && Stopwatch.GetElapsedTime(started) < CompilationTimeout);
    }

    private async Task MeasureAsync(FlowRunner runner, Flow flow)
    {
        var key = (runner.Side, flow);
        if (!_rounds.TryGetValue(key, out var rounds))
        {
            _rounds[key] = rounds = [];
        }

        rounds.Add(await repeats.RunAsync(() => RunAsync(runner, flow, options.Seconds)));
    }

    private async Task<Measurement> RunAsync(FlowRunner runner, Flow flow, double seconds)
    {
        var key = (runner.Side, flow);
        var run = await runner.PrepareAsync(flow, FlowAmount.For(runner.Side, flow, seconds, _rates[key]));

        var before = ProcessorUse.Of(runner.Side);
        var result = await run();
        var measurement = Measurement.Of(result, ProcessorUse.Of(runner.Side) - before);

        _rates[key] = measurement.PerSecond;
        return measurement;
    }
}
