using System.Text.Json;
using Taskmaster.Benchmarks.Measuring;

namespace Taskmaster.Benchmarks.Report;

/// <summary>Round trips and SQL of each flow, for a program to read.</summary>
internal static class CountsReport
{
    public static string Write(IReadOnlyList<FlowCost> costs) => JsonSerializer.Serialize(costs.ToDictionary(
        cost => cost.Flow.ToString(),
        cost => new
        {
            cost.RoundTrips,
            cost.Sql,
            Commands = cost.Commands?.ToDictionary(pair => pair.Key, pair => pair.Value / (double)cost.Flows),
        }));
}
