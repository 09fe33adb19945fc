using System.Diagnostics;

namespace Taskmaster.Benchmarks.Load;

/// <summary>Times in milliseconds: of so many of a hundred, or of a thousand, none took longer.</summary>
internal sealed record Percentiles(double P50, double P99, double P999)
{
    public static Percentiles Of(long[] timestamps)
    {
        var sorted = timestamps.Order().ToArray();
        return new(At(0.5), At(0.99), At(0.999));

        double At(double part) => 1000.0 * sorted[(int)Math.Ceiling(part * sorted.Length) - 1] / Stopwatch.Frequency;
    }
}
