using System.Globalization;
using Taskmaster.Benchmarks.Flows;
using Taskmaster.Benchmarks.Measuring;

namespace Taskmaster.Benchmarks.Report;

/// <summary>Targets that are a ratio of two sides within a round.</summary>
internal sealed class RatioTargets(MeasuredFlows flows)
{
    /// <summary>By rate; beside it the same by CPU.</summary>
    public Target AtLeast(string what, double times, Flow flow, string side, string against) =>
        AtLeast(what, times, flow, side, flow, against, string.Empty);

    public Target AtMost(string what, double times, Flow flow, string side, string against) =>
        AtMost(what, times, flow, side, against, round => round.Ms);

    public Target CheaperThan(string what, double times, Flow flow, string side, string against) => Compared(
        what, $"≥ {Text(times)} × less than {against}", flows.Compare(against, side, flow, round => round.Ms), ratio => ratio >= times);

    public Target AtMost(string what, double times, Flow flow, string side, string against, Func<Measurement, double> figure) =>
        Compared(what, $"≤ {Text(times)} × {against}", flows.Compare(side, against, flow, figure), ratio => ratio <= times);

    /// <summary>
    /// Against the peer's usual id_tokens, which are by RS256 as well; beside it against the peer's by ES256, because that is
    /// the same work.
    /// </summary>
    public Target Es256(string what, double times, string side, string against)
    {
        var target = AtLeast(what, times, Flow.CodeFlowEs256, side, Flow.CodeFlow, against, " by RS256");
        return flows.Compare(side, against, Flow.CodeFlowEs256, round => round.PerSecond) is { } same
            ? target with { Measured = $"{target.Measured}; its ES256 {Figures.Times(same)}" }
            : target;
    }

    private Target AtLeast(string what, double times, Flow flow, string side, Flow other, string against, string how)
    {
        var byRate = flows.Compare(side, flow, against, other, round => round.PerSecond);
        var target = Compared(what, $"≥ {Text(times)} × {against}{how}", byRate, ratio => ratio >= times);

        // What the rates would compare like had each side had its core to itself: other load does not change CPU time by much.
        return flows.Compare(against, other, side, flow, round => round.Ms) is { } byCpu
            ? target with { Measured = string.Create(CultureInfo.InvariantCulture, $"{target.Measured}, by CPU {byCpu.Value:0.00} ×") }
            : target;
    }

    private static Target Compared(string what, string reach, Ratio? ratio, Func<double, bool> met) =>
        new(what, reach, ratio is null ? Figures.None : Figures.Times(ratio), ratio is null ? null : met(ratio.Value));

    private static string Text(double times) => times.ToString(CultureInfo.InvariantCulture);
}
