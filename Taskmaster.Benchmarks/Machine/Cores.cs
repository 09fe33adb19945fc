namespace Taskmaster.Benchmarks.Machine;

/// <summary>
/// Server with its stores on one core, load on the other, so that neither takes the other's time and requests/s is
/// the reciprocal of CPU per request. Needs <c>taskset</c> and two cores; without them nothing is pinned, and the report says so.
/// </summary>
internal static class Cores
{
    public const int Server = 0;
    public const int Load = 1;

    public static bool CanPin { get; } = Environment.ProcessorCount >= 2 && Tools.Find("taskset") is not null;

    /// <summary>The words to put before a command.</summary>
    public static IReadOnlyList<string> Pin(int core) =>
        CanPin ? [Tools.Find("taskset")!, "-c", core.ToString(System.Globalization.CultureInfo.InvariantCulture)] : [];
}
