using System.Globalization;
using Taskmaster.Benchmarks.Flows;
using Taskmaster.Benchmarks.Measuring;
using Taskmaster.Benchmarks.Sides.Floor;
using Taskmaster.Benchmarks.Sides.OidcProvider;
using Taskmaster.Benchmarks.Sides.Ours;
using Taskmaster.Benchmarks.Sides.Stock;

namespace Taskmaster.Benchmarks.Report;

/// <summary>The figures to reach, each against what it is compared with in the same round.</summary>
internal static class Targets
{
    private const string Ours = TaskmasterSide.OnRedis;

    public static IReadOnlyList<Target> Of(Findings findings) =>
    [
        AtLeast("client credentials", 1.6, findings, Flow.ClientCredentials, OidcProviderSide.Name),
        AtMost("client credentials, CPU of server and Redis", 1.3, findings, Flow.ClientCredentials, FloorSide.Name),
        CheaperThan(30, findings),
        AtLeast("introspection", 2.2, findings, Flow.Introspection, OidcProviderSide.Name),
        TokenCheck(findings),
        AtLeast("GET 10 tasks, token checked, separate services", 2.5, findings, Flow.ApiRequest, OidcProviderSide.Name),
        AtMost("GET 10 tasks, CPU against raw Npgsql and JSON writer", 2, findings, Flow.ApiRequest, FloorSide.Name),
        AtLeast("whole code flows", 1.3, findings, Flow.CodeFlow, OidcProviderSide.Name),
        .. RoundTrips(findings),
        Memory(findings),
        Expiry(findings),
        Resident(findings),
    ];

    private static Target AtLeast(string what, double times, Findings findings, Flow flow, string against)
    {
        var byRate = findings.Flows.Compare(Ours, against, flow, round => round.PerSecond);
        var target = Compared(what, $"≥ {times} × {against}", byRate, ratio => ratio >= times);

        // What the rates would compare like had each side had its core to itself: other load does not change CPU time by much.
        return findings.Flows.Compare(against, Ours, flow, round => round.Ms) is { } byCpu
            ? target with { Measured = string.Create(CultureInfo.InvariantCulture, $"{target.Measured}, by CPU {byCpu.Value:0.00} ×") }
            : target;
    }

    private static Target AtMost(string what, double times, Findings findings, Flow flow, string against) =>
        Compared(what, $"≤ {times} × {against}", findings.Flows.Compare(Ours, against, flow, round => round.Ms), ratio => ratio <= times);

    private static Target CheaperThan(double times, Findings findings) =>
        Compared(
            "client credentials, CPU",
            $"≥ {times} × less than {StockSide.Name}",
            findings.Flows.Compare(StockSide.Name, Ours, Flow.ClientCredentials, round => round.Ms),
            ratio => ratio >= times);

    private static Target TokenCheck(Findings findings)
    {
        const double most = 0.06;
        var ms = findings.Flows.Difference(Ours, Flow.AliveWithToken, Flow.Alive, round => round.Ms);
        return new Target("the API's token check, CPU", $"≤ {most} ms", Figures.Ms(ms) + " ms", ms is null ? null : ms <= most);
    }

    private static IEnumerable<Target> RoundTrips(Findings findings)
    {
        foreach (var cost in OfOurs(findings).Costs)
        {
            var (roundTrips, sql) = cost.Flow.Budget();
            yield return new Target(
                cost.Flow.Name() + ", round trips and SQL",
                $"{roundTrips} and {sql}",
                $"{Figures.Short(cost.RoundTrips)} and {Figures.Short(cost.Sql)}",
                Math.Round(cost.RoundTrips ?? double.NaN) <= roundTrips && Math.Round(cost.Sql ?? double.NaN) <= sql);
        }
    }

    private static Target Memory(Findings findings)
    {
        const double most = 600;
        var bytes = OfOurs(findings).BytesPerToken;
        return new Target("Redis memory of a live access token", $"≤ {most} bytes", Figures.Whole(bytes) + " bytes", bytes <= most);
    }

    private static Target Expiry(Findings findings)
    {
        var target = new Target("keys left after everything expired", "0", Figures.None, null);
        return findings.Expiry is { } expiry
            ? target with
            {
                Measured = string.Create(CultureInfo.InvariantCulture, $"{expiry.Left} of {expiry.Made}"),
                IsMet = expiry.Left == 0,
            }
            : target;
    }

    private static Target Resident(Findings findings)
    {
        const long most = 250_000_000;
        var bytes = OfOurs(findings).ResidentBytes;
        var reach = "≤ " + Figures.Megabytes(most);
        return new Target("resident memory of AuthServer after the load", reach, Figures.Megabytes(bytes), bytes <= most);
    }

    private static SideFindings OfOurs(Findings findings) => findings.Sides.Single(side => side.Side.Name == Ours);

    private static Target Compared(string what, string reach, Ratio? ratio, Func<double, bool> met) =>
        new(what, reach, ratio is null ? Figures.None : Figures.Times(ratio), ratio is null ? null : met(ratio.Value));
}
