using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Taskmaster.Benchmarks.Load;

/// <summary>
/// Sleeps until a time of <see cref="Stopwatch"/>, to some microseconds: .NET's own sleep counts in milliseconds, and Linux
/// adds 50 µs to wake up several threads together, unless a thread says that it does not want that.
/// </summary>
internal static class PreciseWait
{
    private const int Monotonic = 1;
    private const int Absolute = 1;
    private const int SetTimerSlack = 29;
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>For the calling thread, before its first wait.</summary>
    public static void Prepare()
    {
        // .NET's timestamps are those of the clock that is slept by: nanoseconds of CLOCK_MONOTONIC.
        if (Stopwatch.Frequency != NanosecondsPerSecond)
        {
            throw new PlatformNotSupportedException("The stopwatch of this platform does not count nanoseconds.");
        }

        _ = SetOption(SetTimerSlack, 1, 0, 0, 0);
    }

    public static void Until(long timestamp)
    {
        var (seconds, nanoseconds) = Math.DivRem(timestamp, NanosecondsPerSecond);
        var time = new Time { Seconds = seconds, Nanoseconds = nanoseconds };

        // A signal may end the sleep early; its time is absolute, so it is slept again.
        while (Stopwatch.GetTimestamp() < timestamp)
        {
            _ = Sleep(Monotonic, Absolute, in time, IntPtr.Zero);
        }
    }

    [DllImport("libc", EntryPoint = "clock_nanosleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Sleep(int clock, int flags, in Time time, IntPtr rest);

    [DllImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int SetOption(int option, nuint first, nuint second, nuint third, nuint fourth);

    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
