namespace Taskmaster.Benchmarks;

/// <summary>How much to measure.</summary>
internal sealed record BenchmarkOptions
{
    /// <summary>Enough for a median: on a shared machine one round's ratio of two sides may be twice another's.</summary>
    public int Rounds { get; private init; } = 11;

    public double Seconds { get; private init; } = 1.5;

    public double WarmUpSeconds { get; private init; } = 2.5;

    /// <summary>Only the floor and Taskmaster on Redis, and nothing that needs the run to be long.</summary>
    public bool Short { get; private init; }

    /// <summary>Only round trips and SQL of Taskmaster, as JSON: what the tests look at.</summary>
    public bool CountsOnly { get; private init; }

    public static BenchmarkOptions Of(IReadOnlyList<string> args) => args switch
    {
        ["--short"] => new() { Short = true, Rounds = 3, Seconds = 1, WarmUpSeconds = 1.5 },
        ["--tasks"] => new() { Rounds = 7, WarmUpSeconds = 1.5 },
        ["--counts"] => new() { Short = true, CountsOnly = true },
        _ => new(),
    };
}
