using System.Globalization;
using System.Text;
using Taskmaster.Benchmarks.Flows;
using Taskmaster.Benchmarks.Measuring;
using Taskmaster.Benchmarks.Sides;
using Taskmaster.Benchmarks.Sides.ByHand;
using Taskmaster.Benchmarks.Sides.Ours;

namespace Taskmaster.Benchmarks.Report;

/// <summary>What a run of --tasks found out, as Markdown.</summary>
internal static class TasksReport
{
    private const double MostByHand = 2;
    private const double MostBySize = 1.3;

    public static async Task<string> WriteAsync(MeasuredFlows flows, BenchmarkOptions options)
    {
        var text = new StringBuilder();
        BenchmarkReport.AddHead(text, await Versions.DescribeAsync(flows.Sides), options, "16 connections, updates 4", flows);
        BenchmarkReport.AddRates(text, flows);
        AddRatios(text, flows);
        if (flows.Flows.Contains(Flow.ListTasks))
        {
            BenchmarkReport.AddTargets(text, Targets(flows));
        }

        return text.ToString();
    }

    private static void AddRatios(StringBuilder text, MeasuredFlows flows)
    {
        var table = new MarkdownTable("CPU, the API / by hand", "tasks", "all", "server alone", "Postgres alone");
        foreach (var flow in flows.Flows)
        {
            foreach (var size in TaskAccount.Sizes)
            {
                table.Add(
                    flow.Name(),
                    size.ToString("N0", CultureInfo.InvariantCulture),
                    Ratio(round => round.Ms),
                    Ratio(round => round.ServerMs),
                    Ratio(round => round.PostgresMs));

                string Ratio(Func<Measurement, double> figure) => Figures.Times(ByHand(flows, flow, size, figure));
            }
        }

        text.Append(table).AppendLine();
    }

    private static IEnumerable<Target> Targets(MeasuredFlows flows) =>
    [
        .. TaskAccount.Sizes.Select(size => AtMost(
            string.Create(CultureInfo.InvariantCulture, $"list 20 of {size:N0} tasks, token checked, CPU"),
            MostByHand,
            "by hand",
            ByHand(flows, Flow.ListTasks, size, round => round.Ms))),
        AtMost(
            "list 20 of 100,000 tasks, CPU",
            MostBySize,
            "of 1,000 tasks",
            flows.Compare(Ours(TaskAccount.VeryMany), Ours(TaskAccount.Many), Flow.ListTasks, round => round.Ms)!),
    ];

    private static Target AtMost(string what, double times, string against, Ratio ratio) =>
        new(what, string.Create(CultureInfo.InvariantCulture, $"≤ {times} × {against}"), Figures.Times(ratio), ratio.Value <= times);

    private static Ratio ByHand(MeasuredFlows flows, Flow flow, int size, Func<Measurement, double> figure) =>
        flows.Compare(Ours(size), TaskAccount.SideName(ByHandSide.Name, size), flow, figure)!;

    private static string Ours(int size) => TaskAccount.SideName(TaskmasterSide.OnRedis, size);
}
