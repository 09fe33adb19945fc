using Taskmaster.Benchmarks.Flows;

namespace Taskmaster.Benchmarks.Measuring;

/// <summary>
/// What one flow asks of the stores, on average over <paramref name="Flows"/> of them, one after the other.
/// The commands are those that clients send, not those inside scripts; null where nobody could listen.
/// </summary>
internal sealed record FlowCost(Flow Flow, int Flows, IReadOnlyDictionary<string, int>? Commands, long? Statements)
{
    /// <summary>
    /// Round trips a flow. Rounded to a tenth: what a server does now and then by itself (refreshing its cache of
    /// clients) falls into a few of the counted flows.
    /// </summary>
    public double? RoundTrips => Commands is null ? null : Math.Round(Commands.Values.Sum() / (double)Flows, 1);

    public double? Sql => Statements is null ? null : Math.Round(Statements.Value / (double)Flows, 1);
}
