using System.Globalization;
using System.Text;
using Taskmaster.Benchmarks.Flows;
using Taskmaster.Benchmarks.Measuring;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Report;

/// <summary>A run's findings as Markdown.</summary>
internal static class BenchmarkReport
{
    public static async Task<string> WriteAsync(Findings findings, BenchmarkOptions options)
    {
        var text = new StringBuilder();
        AddHead(text, await Versions.DescribeAsync(findings.Flows.Sides), options, "16 connections, code flows 8", findings.Flows);
        AddRates(text, findings.Flows);
        OpenLoopReport.Add(text, findings.OpenLoop);
        AddCosts(text, findings.Sides);
        AddMemory(text, findings);

        // What a part of the benchmark does not measure is left out; of a whole run it is said.
        AddTargets(text, Targets.Of(findings).Where(target => target.IsMet is not null || options.Subject is Subject.Everything));
        return text.ToString();
    }

    public static void AddHead(StringBuilder text, string versions, BenchmarkOptions options, string connections, MeasuredFlows flows)
    {
        var foreign = Ratio.Median(flows.All, round => round.Foreign);
        var most = flows.All.Max(round => round.Foreign);
        var cores = Cores.CanPin
            ? "server and stores on one core, load on the other"
            : "nothing pinned: taskset or a second core is missing";
        var otherLoad = $"{Figures.Percent(foreign)} of a core (median), at most {Figures.Percent(most)}";
        string[] lines =
        [
            .. versions.Split('\n'),
            string.Create(
                CultureInfo.InvariantCulture, $"Medians of {options.Rounds} alternated rounds of {options.Seconds} s; {connections}; {cores}"),
            "Every Redis with appendonly yes, appendfsync always. Other load on the machine: " + otherLoad,
            string.Create(CultureInfo.InvariantCulture, $"Measured again because a request failed: {flows.Repeated}"),
        ];

        // Two blanks at its end: a line of its own in Markdown, too.
        text.AppendJoin("  \n", lines).AppendLine();
        text.AppendLine();
    }

    public static void AddRates(StringBuilder text, MeasuredFlows flows)
    {
        var table = new MarkdownTable("flow", "side", "/s", "CPU ms", "server", "Redis", "Postgres", "core busy", "load's core");
        foreach (var flow in flows.Flows)
        {
            foreach (var side in flows.Sides)
            {
                if (flows.Of(side.Name, flow) is { } median)
                {
                    table.Add(
                        flow.Name(),
                        side.Name,
                        Figures.Whole(median.PerSecond),
                        Figures.Ms(median.Ms),
                        Figures.Ms(median.ServerMs),
                        Figures.Ms(median.RedisMs),
                        Figures.Ms(median.PostgresMs),
                        Figures.Percent(median.CoreBusy),
                        Figures.Percent(median.LoadBusy));
                }
            }
        }

        text.Append(table).AppendLine();
    }

    private static void AddCosts(StringBuilder text, IReadOnlyList<SideFindings> sides)
    {
        if (sides is [])
        {
            return;
        }

        var table = new MarkdownTable(["round trips to Redis / SQL a flow", .. sides.Select(side => side.Side.Name)]);
        foreach (var flow in Enum.GetValues<Flow>())
        {
            var costs = sides.Select(side => side.Costs.SingleOrDefault(cost => cost.Flow == flow)).ToList();
            if (costs.Any(cost => cost is not null))
            {
                table.Add([flow.Name(), .. costs.Select(cost => cost is null ? Figures.None : $"{Or(cost.RoundTrips)} / {Or(cost.Sql)}")]);
            }
        }

        table.Add(["bytes of a stored access token", .. sides.Select(side => Figures.Whole(side.BytesPerToken))]);
        text.Append(table).AppendLine();

        static string Or(double? value) => value is null ? "-" : Figures.Short(value);
    }

    private static void AddMemory(StringBuilder text, Findings findings)
    {
        var table = new MarkdownTable("process", "resident after the load");
        foreach (var memory in findings.Memory)
        {
            table.Add(memory.Process, Figures.Megabytes(memory.Bytes));
        }

        text.Append(table).AppendLine();
        if (findings.Telemetry is { } telemetry)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"""
                Telemetry that arrived: {telemetry.Exports:N0} exports, {Figures.Megabytes(telemetry.Bytes)}, {telemetry.Spans:N0} spans.
                """);
            text.AppendLine();
        }
    }

    public static void AddTargets(StringBuilder text, IEnumerable<Target> targets)
    {
        var table = new MarkdownTable("what", "to reach", "measured", "reached");
        foreach (var target in targets)
        {
            table.Add(target.What, target.Reach, target.Measured, target.Verdict);
        }

        text.Append(table);
    }
}
