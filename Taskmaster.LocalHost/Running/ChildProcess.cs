using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting;

namespace Taskmaster.LocalHost.Running;

/// <summary>A program this host started and will end, with its output in a file.</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(6);

    private readonly Process _process;
    private ChildProcess(Process process, ChildStart start)
    {
        _process = process;
        Start = start;
        Exited = process.WaitForExitAsync();
    }

    public int Id => _process.Id;

    public ChildStart Start { get; }

    public Task Exited { get; }

    public int ExitCode => _process.ExitCode;

    public static ChildProcess Run(ChildStart start, Reaper reaper)
    {
        // The shell opens the log as the child's own user, so the output needs no pump, and survives this process.
        var info = InItsOwnSession(["/bin/sh", "-c", "exec \"$@\" >>\"$0\" 2>&1 </dev/null", start.Log, start.Program, .. start.Arguments]);
        info.WorkingDirectory = start.WorkingDirectory;
        if (start.UserName is not null)
        {
            info.UserName = start.UserName;
        }

        if (start.Environment is not null)
        {
            info.Environment.Clear();
            foreach (var (name, value) in start.Environment)
            {
                info.Environment[name] = value;
            }
        }

        try
        {
            var process = Process.Start(info)!;
            reaper.Add(process.Id, start.StopSignal);
            return new ChildProcess(process, start);
        }
        catch (Win32Exception exception)
        {
            throw new DistributedApplicationException($"{start.Program} could not be started: {exception.Message}.", exception);
        }
    }

    /// <summary>
    /// A session of its own, where the system has setsid: Ctrl+C would otherwise reach every child at once, and Postgres
    /// would be gone before the services had finished with it.
    /// </summary>
    public static ProcessStartInfo InItsOwnSession(IReadOnlyList<string> command) => Setsid is null
        ? new ProcessStartInfo(command[0], command.Skip(1))
        : new ProcessStartInfo(Setsid, command);

    /// <summary>Asks the program to end, and insists after a while.</summary>
    public async Task StopAsync()
    {
        if (!_process.HasExited)
        {
            await SignalAsync(Start.StopSignal);
            try
            {
                await Exited.WaitAsync(Grace);
            }
            catch (TimeoutException)
            {
                _process.Kill(entireProcessTree: true);
                await Exited;
            }
        }
    }

    public void Dispose() => _process.Dispose();

    private static string? Setsid { get; } = Programs.Find("setsid");

    private async Task SignalAsync(string signal) => await Programs.RunAsync(
        new ProcessStartInfo("/bin/sh", ["-c", "kill -s \"$0\" \"$1\"", signal, Id.ToString(CultureInfo.InvariantCulture)]),
        CancellationToken.None);
}
