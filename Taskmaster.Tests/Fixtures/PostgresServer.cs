using System.Diagnostics;
using Npgsql;
using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.Fixtures;

/// <summary>A real Postgres on a free port of 127.0.0.1, one for all tests that ask; each takes a database of its own.</summary>
internal sealed class PostgresServer
{
    private static readonly Lazy<Task<PostgresServer>> _shared = new(() => StartAsync());
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly Process _process;

    private PostgresServer(string folder, int port, Process process)
    {
        _folder = folder;
        _process = process;
        Port = port;
    }

    public int Port { get; }

    public static async Task<string> NewSharedDatabaseAsync() => await (await _shared.Value).NewDatabaseAsync();

    public static async Task<PostgresServer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("taskmaster-postgres-").FullName;
        var data = Path.Combine(folder, "data");
        var port = FreePort.Next();

        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess)
        {
            // Postgres refuses to run as root.
            await RunAsync("chown", "postgres", folder);
        }

        await RunAsAsync(Program("initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync");
        var process = StartAs(
            Program("postgres"), "-D", data, "-p", $"{port}", "-k", folder, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "max_connections=300");
        var server = new PostgresServer(folder, port, process);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Stop();

        await TokenRedis.UntilAsync(server.AnswersAsync);
        return server;
    }

    public async Task<string> NewDatabaseAsync()
    {
        var name = $"test_{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    /// <summary>Connections break and new ones are refused, as when the machine is gone.</summary>
    public void Stop()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database};Maximum Pool Size=40;Timeout=5";

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static string Program(string name)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .Concat(Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")) : []);
        return folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"These tests need Postgres, and {name} is not on PATH.");
    }

    private static async Task RunAsAsync(params string[] command) => await WaitAsync(StartAs(command));

    private static async Task RunAsync(params string[] command) => await WaitAsync(Start(command));

    private static Process StartAs(params string[] command) =>
        Environment.IsPrivilegedProcess ? Start(["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", .. command]) : Start(command);

    private static Process Start(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        start.Environment["LC_ALL"] = "C.UTF-8";
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start.");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task WaitAsync(Process process)
    {
        using var deadline = new CancellationTokenSource(_patience);
        await process.WaitForExitAsync(deadline.Token);
        Assert.True(process.ExitCode == 0, $"{process.StartInfo.FileName} ended with {process.ExitCode}.");
        process.Dispose();
    }
}
