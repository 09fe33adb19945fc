using Taskmaster.Benchmarks.Flows;
using Taskmaster.Benchmarks.Sides;

namespace Taskmaster.Benchmarks.Measuring;

/// <summary>All rounds of all flows on all sides, and what they say.</summary>
internal sealed class MeasuredFlows(
    IReadOnlyList<Flow> flows,
    IReadOnlyList<Side> sides,
    IReadOnlyDictionary<(Side Side, Flow Flow), List<Measurement>> rounds,
    Repeats repeats)
{
    /// <summary>How many measurements were made again because a request failed.</summary>
    public int Repeated => repeats.Count;

    public IReadOnlyList<Flow> Flows => flows;

    public IReadOnlyList<Side> Sides => sides;

    public IEnumerable<Measurement> All => rounds.Values.SelectMany(list => list);

    public Measurement? Of(string side, Flow flow) => Rounds(side, flow) is { } list ? Measurement.MedianOf(list) : null;

    /// <summary>The median over the rounds of one side's figure against another's in the same round, with the extremes.</summary>
    public Ratio? Compare(string side, string against, Flow flow, Func<Measurement, double> figure) =>
        Compare(side, flow, against, flow, figure);

    /// <summary>The same for two flows that are not one.</summary>
    public Ratio? Compare(string side, Flow flow, string against, Flow other, Func<Measurement, double> figure) =>
        Rounds(side, flow) is { } ours && Rounds(against, other) is { } theirs
            ? Ratio.Of([.. ours.Zip(theirs, (left, right) => figure(left) / figure(right))])
            : null;

    /// <summary>The median over the rounds of the difference of two flows on one side.</summary>
    public double? Difference(string side, Flow flow, Flow without, Func<Measurement, double> figure) =>
        Rounds(side, flow) is { } with && Rounds(side, without) is { } bare
            ? Ratio.Median(with.Zip(bare, (left, right) => figure(left) - figure(right)), difference => difference)
            : null;

    private List<Measurement>? Rounds(string side, Flow flow) =>
        sides.FirstOrDefault(candidate => candidate.Name == side) is { } found && rounds.TryGetValue((found, flow), out var list)
            ? list
            : null;
}
