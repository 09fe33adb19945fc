using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Taskmaster.Trial;

/// <summary>A program of the trial's own, with what it wrote last; ended with the trial.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private const int LinesKept = 40;

    private readonly Queue<string> _output = [];
    private readonly ProcessStartInfo _start;
    private Process _process;

    private RunningProgram(string name, ProcessStartInfo start) => (Name, _start, _process) = (name, start, Begin(start));

    /// <summary>Set when the trial ends by an interrupt: nothing is started that nobody would end.</summary>
    public static bool IsOver { get; set; }

    public string Name { get; }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    public static RunningProgram Start(
        string name, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (variable, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[variable] = value;
        }

        return new(name, start);
    }

    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output);
            }
        }
    }

    public async Task<int> WaitForExitCodeAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>SIGTERM, as an orchestrator does it.</summary>
    /// <returns>How long the program took to end.</returns>
    public async Task<TimeSpan> TerminateAsync()
    {
        var began = Stopwatch.GetTimestamp();
        _ = NativeMethods.Kill(_process.Id, 15);
        await _process.WaitForExitAsync();
        return Stopwatch.GetElapsedTime(began);
    }

    /// <summary>SIGKILL, as a crash.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void StartAgain()
    {
        _process.Dispose();
        _process = Begin(_start);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private Process Begin(ProcessStartInfo start)
    {
        if (IsOver)
        {
            throw new TrialException("The trial is over.");
        }

        var process = Process.Start(start) ?? throw new TrialException($"{start.FileName} did not start.");
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            if (line is not null)
            {
                _output.Enqueue(line);
            }

            if (_output.Count > LinesKept)
            {
                _ = _output.Dequeue();
            }
        }
    }

    private static class NativeMethods
    {
        [DllImport("libc", EntryPoint = "kill")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        public static extern int Kill(int pid, int signal);
    }
}
