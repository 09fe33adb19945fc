namespace Taskmaster.Benchmarks.Load;

/// <summary>
/// What the load generator is asked to do; one line of JSON.
/// Certificate: of the server, as PEM, where TLS is spoken.
/// Values: one for each flow; when they are used up, the job is done. Keep: captured names to give back, one list each.
/// </summary>
internal sealed record LoadJob(
    int Port,
    string? Certificate,
    int Connections,
    double Seconds,
    int MaximumFlows,
    IReadOnlyList<LoadStep> Steps,
    IReadOnlyList<string>? Values,
    IReadOnlyList<string> Keep)
{
    /// <summary>How many to begin a second, whatever becomes of them; null for as many as the connections take.</summary>
    public double? Rate { get; init; }
}
