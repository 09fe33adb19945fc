using Taskmaster.Benchmarks.Sides;

namespace Taskmaster.Benchmarks.Measuring;

/// <summary>What came of the telemetry of a run.</summary>
internal static class TelemetryFindings
{
    /// <returns>Null where no side had any.</returns>
    public static async Task<TelemetryTotal?> OfAsync(IEnumerable<Side> sides) =>
        sides.Select(side => side.Telemetry).FirstOrDefault(receiver => receiver is not null) is { } receiver
            ? await receiver.CountAsync()
            : null;
}
