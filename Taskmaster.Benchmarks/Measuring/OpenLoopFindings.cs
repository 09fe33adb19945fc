using Taskmaster.Benchmarks.Flows;
using Taskmaster.Benchmarks.Load;
using Taskmaster.Benchmarks.Sides;

namespace Taskmaster.Benchmarks.Measuring;

/// <summary>A flow on a side at a rate, in rounds.</summary>
/// <param name="Flow">Which.</param>
/// <param name="Side">Which.</param>
/// <param name="Rate">Flows begun a second.</param>
/// <param name="ShareOfCapacity">What that is of the rate that the side reached in the same run.</param>
/// <param name="IsShared">Whether the rate is that of all sides.</param>
/// <param name="Rounds">What came of each round.</param>
internal sealed record OpenLoopFindings(
    Flow Flow, Side Side, double Rate, double ShareOfCapacity, bool IsShared, IReadOnlyList<LoadResult> Rounds)
{
    public int Requests => Rounds.Sum(round => round.Flows);

    public double Latency(Func<Percentiles, double> percentile) => Ratio.Median(Rounds, round => percentile(round.Latency!));

    public double Lateness(Func<Percentiles, double> percentile) => Ratio.Median(Rounds, round => percentile(round.Lateness!));

    /// <summary>A percentile against another side's in the same round.</summary>
    public Ratio Compare(OpenLoopFindings against, Func<Percentiles, double> percentile) => Ratio.Of(
        [.. Rounds.Zip(against.Rounds, (left, right) => percentile(left.Latency!) / percentile(right.Latency!))]);
}
