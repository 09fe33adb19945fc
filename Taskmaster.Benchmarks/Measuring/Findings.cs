namespace Taskmaster.Benchmarks.Measuring;

/// <summary>
/// All that one run found out.
/// <see cref="Expiry"/>: keys that short-lived codes and tokens made, and how many outlived their time; null in a short run.
/// </summary>
internal sealed record Findings(MeasuredFlows Flows, IReadOnlyList<SideFindings> Sides, (long Made, long Left)? Expiry);
