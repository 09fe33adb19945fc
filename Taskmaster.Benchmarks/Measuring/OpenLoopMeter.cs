using Taskmaster.Benchmarks.Flows;
using Taskmaster.Benchmarks.Load;

namespace Taskmaster.Benchmarks.Measuring;

/// <summary>
/// How soon sides answer at a rate that they can take: at 70 % of what the slowest of them reached before in the same run, and each
/// that is faster at 70 % of its own as well. Alternated in rounds, as all else.
/// </summary>
internal sealed class OpenLoopMeter(IReadOnlyList<FlowRunner> runners, MeasuredFlows capacities, BenchmarkOptions options, Repeats repeats)
{
    private const double Share = 0.7;
    private const double Seconds = 4;
    private const double WarmUpSeconds = 1;

    public async Task<IReadOnlyList<OpenLoopFindings>> MeasureAsync()
    {
        var findings = new List<OpenLoopFindings>();
        foreach (var flow in capacities.Flows.Where(flow => runners.Any(runner => runner.Flows.Contains(flow))))
        {
            findings.AddRange(await MeasureAsync(flow));
        }

        return findings;
    }

    private async Task<IEnumerable<OpenLoopFindings>> MeasureAsync(Flow flow)
    {
        var slowest = runners.Min(runner => Capacity(runner, flow));
        var planned = runners.Select(runner => (Runner: runner, Rate: Share * slowest, IsShared: true))
            .Concat(runners.Where(runner => Capacity(runner, flow) > slowest)
                .Select(runner => (Runner: runner, Rate: Share * Capacity(runner, flow), IsShared: false)))
            .ToList();
        foreach (var (runner, rate, _) in planned)
        {
            await repeats.RunAsync(() => runner.RunAtAsync(flow, rate, WarmUpSeconds));
        }

        var rounds = planned.ConvertAll(_ => new List<LoadResult>());
        for (var round = 0; round < options.Rounds; round++)
        {
            await Console.Error.WriteLineAsync($"{flow.Name()} by schedule, round {round + 1} of {options.Rounds}");
            foreach (var index in Enumerable.Range(0, planned.Count).Select(index => (index + round) % planned.Count))
            {
                var (runner, rate, _) = planned[index];
                rounds[index].Add(await repeats.RunAsync(() => runner.RunAtAsync(flow, rate, Seconds)));
            }
        }

        return planned.Select((plan, index) => new OpenLoopFindings(
            flow, plan.Runner.Side, plan.Rate, plan.Rate / Capacity(plan.Runner, flow), plan.IsShared, rounds[index]));
    }

    private double Capacity(FlowRunner runner, Flow flow) => capacities.Of(runner.Side.Name, flow)!.PerSecond;
}
