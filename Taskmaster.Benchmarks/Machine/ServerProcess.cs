using System.Diagnostics;
using System.Globalization;

namespace Taskmaster.Benchmarks.Machine;

/// <summary>A process of a measured side; what it used is read from /proc.</summary>
internal sealed class ServerProcess(string name, Process process, string log)
{
    // USER_HZ: the unit of /proc/<pid>/stat, 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    public string Name => name;

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>CPU seconds of the process and all its children, living (Postgres's backends) and gone.</summary>
    public double ProcessorSeconds() => ProcessorSeconds(process.Id);

    /// <summary>Resident bytes now (VmRSS).</summary>
    public long ResidentBytes()
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    public string LogTail() => string.Join('\n', File.ReadLines(log).TakeLast(25));

    private static double ProcessorSeconds(int processId)
    {
        string[] fields;
        string children;
        try
        {
            // The program's name, field 2, may hold blanks; the fields after its parenthesis are 3 and on.
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            children = File.ReadAllText($"/proc/{processId}/task/{processId}/children");
        }
        catch (IOException)
        {
            // A backend that ended while it was looked at: its parent counts it among those gone.
            return 0;
        }

        // 14 to 17: utime, stime, and the same of children waited for.
        var own = fields[11..15].Sum(field => double.Parse(field, CultureInfo.InvariantCulture)) / TicksPerSecond;
        return own + children.Split(' ', StringSplitOptions.RemoveEmptyEntries).Sum(child => ProcessorSeconds(int.Parse(child, CultureInfo.InvariantCulture)));
    }
}
