namespace Taskmaster.Benchmarks.Load;

/// <summary>
/// What came of a job; one line of JSON.
/// When the generator's own processor seconds come near the seconds, it was itself what limited the rate.
/// </summary>
internal sealed record LoadResult(
    int Flows,
    double Seconds,
    double ProcessorSeconds,
    int Failures,
    string? FirstFailure,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Kept)
{
    public double PerSecond => Flows / Seconds;

    /// <summary>From the time a flow was to begin; null where there was no schedule.</summary>
    public Percentiles? Latency { get; init; }

    /// <summary>How much later than that it was sent.</summary>
    public Percentiles? Lateness { get; init; }
}
