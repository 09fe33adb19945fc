using Taskmaster.Benchmarks.Load;

namespace Taskmaster.Benchmarks.Measuring;

/// <summary>
/// One round of one flow on one side.
/// <see cref="Foreign"/>: CPU seconds a second that neither the side nor the load generator used, so other load on the machine.
/// <see cref="Failures"/>: requests that were not answered as expected; other than zero only for sides where that may be.
/// </summary>
internal sealed record Measurement(
    double PerSecond, double ServerMs, double RedisMs, double PostgresMs, double CoreBusy, double LoadBusy, double Foreign, int Failures)
{
    public double Ms => ServerMs + RedisMs + PostgresMs;

    public static Measurement Of(LoadResult result, ProcessorUse use) => new(
        result.PerSecond,
        1000 * use.Server / result.Flows,
        1000 * use.Redis / result.Flows,
        1000 * use.Postgres / result.Flows,
        use.Side / result.Seconds,
        result.ProcessorSeconds / result.Seconds,
        Math.Max(0, (use.Machine - use.Side - result.ProcessorSeconds) / result.Seconds),
        result.Failures);

    /// <summary>The median of each figure by itself, and all failures.</summary>
    public static Measurement MedianOf(IReadOnlyList<Measurement> rounds) => new(
        Ratio.Median(rounds, round => round.PerSecond),
        Ratio.Median(rounds, round => round.ServerMs),
        Ratio.Median(rounds, round => round.RedisMs),
        Ratio.Median(rounds, round => round.PostgresMs),
        Ratio.Median(rounds, round => round.CoreBusy),
        Ratio.Median(rounds, round => round.LoadBusy),
        Ratio.Median(rounds, round => round.Foreign),
        rounds.Sum(round => round.Failures));
}
