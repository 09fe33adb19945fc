namespace Taskmaster.Benchmarks.Measuring;

internal sealed record Ratio(double Value, double Lowest, double Highest)
{
    public static Ratio Of(IReadOnlyList<double> rounds) => new(Median.Of(rounds, round => round), rounds.Min(), rounds.Max());
}
