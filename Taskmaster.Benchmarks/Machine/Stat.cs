using System.Globalization;

namespace Taskmaster.Benchmarks.Machine;

/// <summary>What /proc says of a process or a thread.</summary>
/// <param name="Name">The first 15 characters of it.</param>
/// <param name="OwnSeconds">CPU, user and system.</param>
/// <param name="GoneSeconds">The same of children that have ended.</param>
/// <param name="Children">Those that live.</param>
internal sealed record Stat(string Name, double OwnSeconds, double GoneSeconds, IReadOnlyList<int> Children)
{
    // USER_HZ: the unit of /proc/<pid>/stat, 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Null when it has ended.</summary>
    public static Stat? OfProcess(int id) => Of($"/proc/{id}", $"/proc/{id}/task/{id}");

    /// <summary>Null when it has ended.</summary>
    public static Stat? OfThread(int process, int id) => Of($"/proc/{process}/task/{id}", $"/proc/{process}/task/{id}");

    private static Stat? Of(string folder, string mainThread)
    {
        try
        {
            // The name, field 2, may hold blanks; the fields after its parenthesis are 3 and on.
            var stat = File.ReadAllText(folder + "/stat");
            var end = stat.LastIndexOf(')');
            var fields = stat[(end + 2)..].Split(' ');
            var children = File.ReadAllText(mainThread + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);

            // 14 to 17: utime, stime, and the same of children waited for.
            return new(
                stat[(stat.IndexOf('(', StringComparison.Ordinal) + 1)..end],
                Seconds(fields[11], fields[12]),
                Seconds(fields[13], fields[14]),
                [.. children.Select(child => int.Parse(child, CultureInfo.InvariantCulture))]);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static double Seconds(string user, string system) =>
        (double.Parse(user, CultureInfo.InvariantCulture) + double.Parse(system, CultureInfo.InvariantCulture)) / TicksPerSecond;
}
