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
}
