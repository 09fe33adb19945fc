using System.Diagnostics;
using System.Globalization;

namespace Taskmaster.Benchmarks.Stores;

/// <summary>
/// A shell that is told every process this run starts and ends them, youngest first, once this program is gone,
/// however it went: even kill -9 closes the pipe.
/// </summary>
internal sealed class Reaper : IDisposable
{
    // SIGINT is what Postgres calls a fast shutdown, and what .NET, node and Redis end upon as well.
    private const string Script = """
        trap '' INT TERM HUP
        pids=
        while read -r pid; do pids="$pid $pids"; done
        for pid in $pids; do kill -INT "$pid" 2>/dev/null; done
        tries=0
        while [ $tries -lt 50 ]; do
          alive=
          for pid in $pids; do kill -0 "$pid" 2>/dev/null && alive="$alive $pid"; done
          [ -z "$alive" ] && break
          tries=$((tries + 1)); sleep 0.1
        done
        for pid in $alive; do kill -KILL "$pid" 2>/dev/null; done
        rm -rf "$1"
        """;

    private readonly Process _shell;

    /// <param name="folder">The run's folder, removed at the end.</param>
    public Reaper(string folder)
    {
        string[] arguments = ["sh", "-c", Script, "sh", folder];
        _shell = Process.Start(new ProcessStartInfo(Places.Find("setsid") ?? "/usr/bin/env", arguments) { RedirectStandardInput = true })!;
    }

    public void Own(int processId)
    {
        _shell.StandardInput.WriteLine(processId.ToString(CultureInfo.InvariantCulture));
        _shell.StandardInput.Flush();
    }

    public void Dispose()
    {
        _shell.StandardInput.Close();
        _shell.WaitForExit();
        _shell.Dispose();
    }
}
