using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Taskmaster.Benchmarks.Stores;

/// <summary>
/// One run of the benchmark on this machine: its folder and its processes, all of which end with it. A signal ends this
/// program at once; the reaper then sees its pipe close and ends the rest.
/// </summary>
internal sealed class Run : IDisposable
{
    private const int EndedBySignal = 130;

    private readonly Reaper _reaper;
    private readonly List<PosixSignalRegistration> _signals;

    public Run()
    {
        Folder = Directory.CreateTempSubdirectory("taskmaster-benchmarks-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            // Postgres runs as another user and must be able to pass.
            const UnixFileMode others = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
            File.SetUnixFileMode(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | others);
        }

        _reaper = new Reaper(Folder);
        _signals = [.. ((PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
            .Select(signal => PosixSignalRegistration.Create(signal, _ => Environment.Exit(EndedBySignal)))];
    }

    public string Folder { get; }

    /// <summary>Starts a server or a store, on the core that all share unless it says otherwise, with its output in a log.</summary>
    public ServerProcess Start(Command command)
    {
        var log = Path.Combine(Folder, command.Name + ".log");

        // exec all the way, so that the process id is the program's own.
        string[] arguments = ["-c", "exec \"$@\" >>\"$0\" 2>&1", log, .. Cores.Pin(command.RunsOn), command.Program, .. command.Arguments];
        var start = (command with { Program = "/bin/sh", Arguments = arguments, Folder = command.Folder ?? Folder }).ToStartInfo();

        // .NET takes a process on one core for a machine of one core, and then waits ten times as long before it compiles
        // what is hot. The pin is this program's doing, not the side's.
        start.Environment["DOTNET_TC_DelaySingleProcMultiplier"] = "1";
        File.WriteAllText(log, string.Empty);
        LetAllWrite(log);

        var process = Process.Start(start)!;
        Own(process);
        return new ServerProcess(command.Name, process, log);
    }

    /// <summary>A new folder in the run's own.</summary>
    public string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(Folder, name)).FullName;

    public void Own(Process process) => _reaper.Own(process.Id);

    public void Dispose()
    {
        _signals.ForEach(signal => signal.Dispose());
        _reaper.Dispose();
    }

    /// <summary>Postgres runs as another user; the file lies in a folder that only this run uses.</summary>
    private static void LetAllWrite(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode user = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            const UnixFileMode group = UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
            const UnixFileMode other = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
            File.SetUnixFileMode(file, user | group | other);
        }
    }
}
