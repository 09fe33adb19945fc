using Taskmaster.Benchmarks.Sides;

namespace Taskmaster.Benchmarks.Measuring;

/// <summary>
/// All that one run found out.
/// <see cref="Sides"/>: those whose requests to their stores were counted.
/// <see cref="OpenLoop"/>: what was measured by a schedule.
/// <see cref="Telemetry"/>: what was exported; null where nothing was.
/// <see cref="Expiry"/>: keys that short-lived codes and tokens made, and how many outlived their time; null in a short run.
/// </summary>
internal sealed record Findings(
    MeasuredFlows Flows,
    IReadOnlyList<ResidentMemory> Memory,
    IReadOnlyList<SideFindings> Sides,
    IReadOnlyList<OpenLoopFindings> OpenLoop,
    TelemetryTotal? Telemetry,
    (long Made, long Left)? Expiry);
