using System.Diagnostics;
using System.Globalization;

namespace Taskmaster.Benchmarks.Machine;

/// <summary>A process of a measured side; what it used is read from /proc.</summary>
internal sealed class ServerProcess(string name, Process process, string log)
{
    // ".NET Tiered Compilation Worker", as far as Linux keeps names.
    private const string CompilerThread = ".NET Tiered Com";

    public string Name => name;

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>CPU seconds of the process and all its children, living (Postgres's backends) and gone.</summary>
    public double ProcessorSeconds() => ProcessorSeconds(process.Id);

    /// <summary>CPU seconds of the living threads in which .NET compiles anew what is hot, by thread; none in another runtime.</summary>
    public Dictionary<int, double> CompilerSeconds() => Directory.EnumerateDirectories($"/proc/{process.Id}/task")
        .Select(task => int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture))
        .Select(thread => (Id: thread, Stat: Stat.OfThread(process.Id, thread)))
        .Where(thread => thread.Stat is { Name: CompilerThread })
        .ToDictionary(thread => thread.Id, thread => thread.Stat!.OwnSeconds);

    /// <summary>Resident bytes now (VmRSS).</summary>
    public long ResidentBytes()
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    public string LogTail() => string.Join('\n', File.ReadLines(log).TakeLast(25));

    private static double ProcessorSeconds(int processId)
    {
        // A backend that ended while it was looked at: its parent counts it among those gone.
        if (Stat.OfProcess(processId) is not { } stat)
        {
            return 0;
        }

        return stat.OwnSeconds + stat.GoneSeconds + stat.Children.Sum(ProcessorSeconds);
    }
}
