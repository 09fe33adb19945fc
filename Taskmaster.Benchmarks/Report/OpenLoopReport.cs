using System.Text;
using Taskmaster.Benchmarks.Flows;
using Taskmaster.Benchmarks.Load;
using Taskmaster.Benchmarks.Measuring;
using Taskmaster.Benchmarks.Sides.OidcProvider;
using Taskmaster.Benchmarks.Sides.Ours;

namespace Taskmaster.Benchmarks.Report;

/// <summary>How soon sides answered at a fixed rate.</summary>
internal static class OpenLoopReport
{
    private const double MostAtTail = 0.5;

    private static readonly (string Name, Func<Percentiles, double> Of, double? Most)[] Compared =
        [("p50", times => times.P50, null), ("p99", times => times.P99, null), ("p99.9", times => times.P999, MostAtTail)];

    public static void Add(StringBuilder text, IReadOnlyList<OpenLoopFindings> findings)
    {
        if (findings is [])
        {
            return;
        }

        var table = new MarkdownTable(
            "at a fixed rate", "side", "/s", "of its capacity", "p50 ms", "p99 ms", "p99.9 ms", "sent late, p50", "p99", "p99.9", "requests");
        foreach (var found in findings)
        {
            table.Add(
                found.Flow.Name(),
                found.Side.Name,
                Figures.Whole(found.Rate),
                Figures.Percent(found.ShareOfCapacity),
                Figures.Ms(found.Latency(times => times.P50)),
                Figures.Ms(found.Latency(times => times.P99)),
                Figures.Ms(found.Latency(times => times.P999)),
                Figures.Ms(found.Lateness(times => times.P50)),
                Figures.Ms(found.Lateness(times => times.P99)),
                Figures.Ms(found.Lateness(times => times.P999)),
                Figures.Whole(found.Requests));
        }

        text.Append(table).AppendLine();
    }

    /// <summary>Ours and the peer at the same rate: every percentile below the peer's, and the last far below.</summary>
    public static IEnumerable<Target> Targets(Findings findings)
    {
        foreach (var flow in (Flow[])[Flow.ClientCredentials, Flow.Introspection, Flow.ApiRequest])
        {
            var (ours, peer) = (Of(TelemetrySides.ThroughWebTls), Of(OidcProviderSide.WithTls));
            foreach (var (name, percentile, most) in Compared)
            {
                var reach = (most is null ? "< 1 × " : FormattableString.Invariant($"≤ {most} × ")) + OidcProviderSide.Name;
                var ratio = ours is null || peer is null ? null : ours.Compare(peer, percentile);
                yield return new Target(
                    $"{flow.Name()} through Web at the same rate, TLS and telemetry, {name}",
                    reach,
                    ratio is null ? Figures.None : Figures.Times(ratio),
                    ratio is null ? null : most is null ? ratio.Value < 1 : ratio.Value <= most);
            }

            OpenLoopFindings? Of(string side) =>
                findings.OpenLoop.FirstOrDefault(found => found.Flow == flow && found.IsShared && found.Side.Name == side);
        }
    }
}
