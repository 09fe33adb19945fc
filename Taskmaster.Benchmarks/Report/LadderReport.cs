using System.Globalization;
using System.Text;
using Taskmaster.Benchmarks.Flows;
using Taskmaster.Benchmarks.Measuring;

namespace Taskmaster.Benchmarks.Report;

/// <summary>
/// What a run of --ladder found out, as Markdown: whether tasks are created as fast over many connections as over few, and
/// whether every request was answered as it should be.
/// </summary>
internal static class LadderReport
{
    private const double LeastTimes = 0.8;

    public static async Task<string> WriteAsync(MeasuredFlows flows, BenchmarkOptions options)
    {
        var (few, most) = (flows.Sides[0].Name, flows.Sides[^1].Name);
        var text = new StringBuilder();
        BenchmarkReport.AddHead(text, await Versions.DescribeAsync(flows.Sides), options, $"{few} to {most}", flows);
        BenchmarkReport.AddRates(text, flows);
        BenchmarkReport.AddTargets(text,
        [
            .. flows.Sides.Skip(1).Select(side => AtLeast(flows, side.Name, few)),
            .. flows.Sides.Select(side => NoError(flows, side.Name)),
        ]);
        return text.ToString();
    }

    private static Target AtLeast(MeasuredFlows flows, string connections, string few)
    {
        var ratio = flows.Compare(connections, few, Flow.CreateTask, round => round.PerSecond)!;
        var reach = string.Create(CultureInfo.InvariantCulture, $"≥ {LeastTimes} × {few}");
        return new($"tasks created a second, {connections}", reach, Figures.Times(ratio), ratio.Value >= LeastTimes);
    }

    private static Target NoError(MeasuredFlows flows, string connections)
    {
        var failures = flows.Of(connections, Flow.CreateTask)!.Failures;
        return new($"errors, {connections}", "0", Figures.Whole(failures), failures == 0);
    }
}
