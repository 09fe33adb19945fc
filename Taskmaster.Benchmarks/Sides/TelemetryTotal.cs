namespace Taskmaster.Benchmarks.Sides;

/// <summary>What was exported until now.</summary>
internal sealed record TelemetryTotal(long Exports, long Bytes, long Spans);
