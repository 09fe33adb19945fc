namespace Taskmaster.Benchmarks.Load;

/// <summary>
/// What the load generator is asked to do; one line of JSON.
/// Values: one for each flow; when they are used up, the job is done. Keep: captured names to give back, one list each.
/// </summary>
internal sealed record LoadJob(
    int Port,
    int Connections,
    double Seconds,
    int MaximumFlows,
    IReadOnlyList<LoadStep> Steps,
    IReadOnlyList<string>? Values,
    IReadOnlyList<string> Keep);
