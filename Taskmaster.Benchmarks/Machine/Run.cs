using System.Diagnostics;

namespace Taskmaster.Benchmarks.Machine;

/// <summary>One run of the benchmark on this machine: its folder and its processes, all of which end with it.</summary>
internal sealed class Run : IDisposable
{
    private readonly Reaper _reaper;

    public Run()
    {
        Folder = Directory.CreateTempSubdirectory("taskmaster-benchmarks-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            // Postgres runs as another user and must be able to pass.
            File.SetUnixFileMode(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        _reaper = new Reaper(Folder);
    }

    public string Folder { get; }

    /// <summary>Starts a process pinned to a core, with its output in a log of the run's folder.</summary>
    public ServerProcess Start(Command command, int core)
    {
        var log = Path.Combine(Folder, command.Name + ".log");

        // exec all the way, so that the process id is the program's own.
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = command.Folder ?? Folder, UserName = command.User ?? string.Empty };
        foreach (var argument in (string[])["-c", "exec \"$@\" >>\"$0\" 2>&1", log, .. Cores.Pin(core), command.Program, .. command.Arguments])
        {
            start.ArgumentList.Add(argument);
        }

        // .NET takes a process on one core for a machine of one core, and then waits ten times as long before it compiles
        // what is hot. The pin is this program's doing, not the side's.
        start.Environment["DOTNET_TC_DelaySingleProcMultiplier"] = "1";
        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        if (command.User is not null)
        {
            File.WriteAllText(log, string.Empty);
            Ownership.OpenToAll(log);
        }

        var process = Process.Start(start)!;
        _reaper.Own(process.Id);
        return new ServerProcess(command.Name, process, log);
    }

    public void Own(Process process) => _reaper.Own(process.Id);

    public void Dispose() => _reaper.Dispose();
}
