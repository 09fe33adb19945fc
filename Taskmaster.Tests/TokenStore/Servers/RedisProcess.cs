using System.Diagnostics;
using System.Runtime.InteropServices;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Tests.TokenStore.Servers;

/// <summary>One redis-server on a free port of 127.0.0.1, with a folder of its own; gone when disposed.</summary>
public sealed class RedisProcess : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("taskmaster-redis-").FullName;
    private readonly string[] _settings;
    private Process? _process;

    public RedisProcess(params string[] settings)
    {
        _settings = settings;
        Port = FreePort.Next();
    }

    public int Port { get; }

    /// <summary>Of a node of a cluster; its default, ten thousand above the port, may be no port at all.</summary>
    public int BusPort { get; } = FreePort.Next();

    public string Address => $"127.0.0.1:{Port}";

    public void Start()
    {
        var start = StoreCommands.Redis("redis", Port, _folder, ["--cluster-port", $"{BusPort}", .. _settings]).ToStartInfo();
        start.RedirectStandardOutput = true;
        _process = Process.Start(start)
            ?? throw new InvalidOperationException("redis-server did not start.");
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
    }

    /// <summary>As a crash or <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        _process = null;
    }

    /// <summary>It keeps its connections and answers nothing, until <see cref="Continue"/>.</summary>
    public void Pause() => Signal(19);

    public void Continue() => Signal(18);

    /// <summary>Reads go on; whoever writes waits.</summary>
    public async Task<T> WhileWritesWaitAsync<T>(Func<Task<T>> action)
    {
        // A connection of its own: on the other one, the order to go on would wait behind the writes.
        await using var connection = await TokenRedis.ConnectAsync(TokenRedis.Configure([Address]));
        var server = connection.GetServers().Single();

        await server.ExecuteAsync("CLIENT", "PAUSE", 60_000, "WRITE");
        try
        {
            return await action();
        }
        finally
        {
            await server.ExecuteAsync("CLIENT", "UNPAUSE");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private void Signal(int number)
    {
        if (NativeMethods.Kill(_process!.Id, number) != 0)
        {
            throw new InvalidOperationException($"kill -{number} failed: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    private static class NativeMethods
    {
        [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        public static extern int Kill(int pid, int signal);
    }
}
