namespace Taskmaster.Benchmarks.Measuring;

/// <summary>One figure against another, formed in each round: the median, with the extremes.</summary>
internal sealed record Ratio(double Value, double Lowest, double Highest)
{
    public static Ratio Of(IReadOnlyList<double> rounds) => new(Median(rounds, round => round), rounds.Min(), rounds.Max());

    public static double Median<T>(IEnumerable<T> items, Func<T, double> value)
    {
        var sorted = items.Select(value).Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
