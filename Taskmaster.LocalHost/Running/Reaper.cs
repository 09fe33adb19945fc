using System.Diagnostics;
using System.Globalization;

namespace Taskmaster.LocalHost.Running;

/// <summary>
/// A shell that holds a pipe from this process and ends the children when the pipe does. It outlives a kill -9,
/// which parent-death signals, bound to threads, do not do reliably.
/// </summary>
internal sealed class Reaper : IDisposable
{
    private readonly Process _shell;
    private readonly Lock _lock = new();

    public Reaper(DataFolder folder, bool deletesFolder)
    {
        using var script = new StreamReader(typeof(Reaper).Assembly.GetManifestResourceStream("reaper.sh")!);
        var start = ChildProcess.InItsOwnSession(
            ["/bin/sh", "-c", script.ReadToEnd(), "taskmaster-reaper", folder.ReaperFile, deletesFolder ? folder.Path : ""]);
        start.RedirectStandardInput = true;
        start.WorkingDirectory = "/";
        _shell = Process.Start(start)!;
        _shell.StandardInput.AutoFlush = true;
    }

    public void Add(int id, string signal) => Write($"add {id.ToString(CultureInfo.InvariantCulture)} {signal}");

    public void Remove(int id) => Write($"gone {id.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Lets the reaper go; it ends whatever is left and then itself.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _shell.StandardInput.Close();
        }

        _ = _shell.WaitForExit(TimeSpan.FromSeconds(10));
        _shell.Dispose();
    }

    private void Write(string line)
    {
        lock (_lock)
        {
            _shell.StandardInput.WriteLine(line);
        }
    }
}
