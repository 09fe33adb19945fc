using System.Globalization;
using Taskmaster.Benchmarks.Flows;
using Taskmaster.Benchmarks.Measuring;
using Taskmaster.Benchmarks.Sides.Ours;

namespace Taskmaster.Benchmarks.Report;

/// <summary>Targets that are a figure of Taskmaster's own.</summary>
internal static class FoundTargets
{
    private const string Ours = TaskmasterSide.OnRedis;

    public static Target TokenCheck(Findings findings) =>
        CheckedWithin("the API's token check, CPU", 0.06, Flow.AliveWithToken, Flow.Alive, findings);

    public static Target ProofCheck(Findings findings) =>
        CheckedWithin("a proof by ES256 checked at the API, CPU", 0.15, Flow.AliveWithProof, Flow.AliveWithToken, findings);

    public static IEnumerable<Target> RoundTrips(Findings findings)
    {
        foreach (var cost in OfOurs(findings)?.Costs ?? [])
        {
            var (roundTrips, sql) = cost.Flow.Budget();
            yield return new Target(
                cost.Flow.Name() + ", round trips and SQL",
                $"{roundTrips} and {sql}",
                $"{Figures.Short(cost.RoundTrips)} and {Figures.Short(cost.Sql)}",
                Math.Round(cost.RoundTrips ?? double.NaN) <= roundTrips && Math.Round(cost.Sql ?? double.NaN) <= sql);
        }
    }

    public static Target TokenBytes(Findings findings)
    {
        const double most = 600;
        var bytes = OfOurs(findings)?.BytesPerToken;
        return new Target(
            "Redis memory of a live access token",
            $"≤ {most} bytes",
            bytes is null ? Figures.None : Figures.Whole(bytes) + " bytes",
            bytes is null ? null : bytes <= most);
    }

    public static Target Expiry(Findings findings)
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

    public static Target Resident(string service, string process, Findings findings)
    {
        const long most = 150_000_000;
        var bytes = findings.Memory.FirstOrDefault(memory => memory.Process == process)?.Bytes;
        return new Target(
            $"resident memory of {service} after the load",
            "≤ " + Figures.Megabytes(most),
            bytes is { } found ? Figures.Megabytes(found) : Figures.None,
            bytes is null ? null : bytes <= most);
    }

    private static Target CheckedWithin(string what, double mostMs, Flow flow, Flow without, Findings findings)
    {
        var ms = findings.Flows.Difference(Ours, flow, without, round => round.Ms);
        var measured = ms is null ? Figures.None : Figures.Ms(ms) + " ms";
        return new Target(
            what, string.Create(CultureInfo.InvariantCulture, $"≤ {mostMs} ms"), measured, ms is null ? null : ms <= mostMs);
    }

    private static SideFindings? OfOurs(Findings findings) => findings.Sides.SingleOrDefault(side => side.Side.Name == Ours);
}
