namespace Taskmaster.Benchmarks.Measuring;

/// <summary>What to measure, and how much.</summary>
internal sealed record BenchmarkOptions(Subject Subject)
{
    /// <summary>Enough for a median: on a shared machine one round's ratio of two sides may be twice another's.</summary>
    public int Rounds { get; private init; } = 11;

    public double Seconds { get; private init; } = 1.5;

    public double WarmUpSeconds { get; private init; } = 2.5;

    /// <returns>Null for arguments that mean nothing.</returns>
    public static BenchmarkOptions? Of(IReadOnlyList<string> args) => args switch
    {
        [] => new(Subject.Everything),
        ["--short"] => new(Subject.Short) { Rounds = 3, Seconds = 1, WarmUpSeconds = 1.5 },
        ["--tasks"] => new(Subject.Tasks) { Rounds = 7, WarmUpSeconds = 1.5 },
        ["--counts"] => new(Subject.Counts),
        ["--ladder"] => new(Subject.Ladder) { Rounds = 5, Seconds = 4 },
        _ => null,
    };
}
