using System.Globalization;

namespace Taskmaster.Benchmarks.Stores;

/// <summary>
/// Servers and stores run on one core and the load generator on the other, so that neither takes the other's time and
/// requests/s is the reciprocal of CPU per request. Without <c>taskset</c> or a second core nothing is pinned, and the
/// report says so.
/// </summary>
internal static class Cores
{
    public const int Server = 0;
    public const int Load = 1;

    public static bool CanPin { get; } = Environment.ProcessorCount >= 2 && Places.Find("taskset") is not null;

    /// <summary>The words to put before a command.</summary>
    public static IReadOnlyList<string> Pin(params IEnumerable<int> cores) =>
        CanPin ? [Places.Require("taskset"), "-c", string.Join(',', cores.Select(Text))] : [];

    private static string Text(int core) => core.ToString(CultureInfo.InvariantCulture);
}
