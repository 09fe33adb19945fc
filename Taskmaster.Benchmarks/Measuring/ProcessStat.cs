using System.Globalization;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Measuring;

/// <summary>What /proc says of a process or a thread.</summary>
/// <param name="Name">The first 15 characters of it.</param>
/// <param name="OwnSeconds">CPU, user and system.</param>
/// <param name="GoneSeconds">The same of children that have ended.</param>
/// <param name="Children">Those that live.</param>
internal sealed record ProcessStat(string Name, double OwnSeconds, double GoneSeconds, IReadOnlyList<int> Children)
{
    // USER_HZ: the unit of /proc/<pid>/stat and /proc/stat, 100 on every Linux that .NET runs on.
    public const double TicksPerSecond = 100;

    // ".NET Tiered Compilation Worker", as far as Linux keeps names.
    private const string CompilerThread = ".NET Tiered Com";

    /// <summary>CPU seconds of a process and all its children, living (Postgres's backends) and gone.</summary>
    public static double ProcessorSeconds(ServerProcess process) => ProcessorSeconds(process.Id);

    /// <summary>CPU seconds of the living threads in which .NET compiles anew what is hot, by thread; none in another runtime.</summary>
    public static Dictionary<int, double> CompilerSeconds(ServerProcess process) => Directory
        .EnumerateDirectories($"/proc/{process.Id}/task")
        .Select(task => (Id: int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture), Stat: Of(task, task)))
        .Where(thread => thread.Stat is { Name: CompilerThread })
        .ToDictionary(thread => thread.Id, thread => thread.Stat!.OwnSeconds);

    /// <summary>Resident bytes now (VmRSS), of a process and all its children.</summary>
    public static long ResidentBytes(ServerProcess process) => ResidentBytes(process.Id);

    private static long ResidentBytes(int id)
    {
        var line = File.ReadLines($"/proc/{id}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        var own = 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        return own + (Of($"/proc/{id}", $"/proc/{id}/task/{id}")?.Children.Sum(ResidentBytes) ?? 0);
    }

    // A backend that ended while it was looked at is null: its parent counts it among those gone.
    private static double ProcessorSeconds(int id) => Of($"/proc/{id}", $"/proc/{id}/task/{id}") is { } stat
        ? stat.OwnSeconds + stat.GoneSeconds + stat.Children.Sum(ProcessorSeconds)
        : 0;

    /// <summary>Null when it has ended.</summary>
    private static ProcessStat? Of(string folder, string mainThread)
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
