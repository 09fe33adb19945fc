using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Tests.Fixtures;

/// <summary>A Postgres on a free port of 127.0.0.1, with a folder of its own and no fsync; gone when disposed.</summary>
public sealed class PostgresProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    private static readonly Lazy<Task<PostgresProcess>> Shared = new(StartSharedAsync);

    private readonly string _folder = Directory.CreateTempSubdirectory("taskmaster-postgres-").FullName;
    private readonly int _port = FreePort.Next();
    private Process? _process;

    public string ConnectionString(string database) => $"Host=127.0.0.1;Port={_port};Username=postgres;Database={database}";

    /// <summary>The same of the database <c>postgres</c>, for psql.</summary>
    public string Uri => $"postgresql://postgres@127.0.0.1:{_port}/postgres";

    /// <summary>A database of the caller's own in a Postgres for all tests that leave it running. It ends with them.</summary>
    public static async Task<string> NewSharedDatabaseAsync() => await (await Shared.Value).NewDatabaseAsync();

    public async Task StartAsync()
    {
        if (!Directory.EnumerateFileSystemEntries(_folder).Any())
        {
            await StoreCommands.InitializePostgresAsync(_folder);
        }

        // Commits are synchronous, so that what a test has written is still there after KillAsync; no disk is waited for.
        _process = Start(StoreCommands
            .Postgres("postgres", _port, _folder, "fsync=off", "full_page_writes=off", "max_connections=300", "restore_command=false")
            .ToStartInfo());
        await UntilItAnswersAsync();
    }

    public async Task CreateDatabaseAsync(string name) => await ExecuteAsync($"CREATE DATABASE {name}");

    /// <returns>The connection string of a new database.</returns>
    public async Task<string> NewDatabaseAsync()
    {
        var name = $"test_{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
        await CreateDatabaseAsync(name);
        return ConnectionString(name) + ";Maximum Pool Size=40;Timeout=5";
    }

    /// <summary>As a standby that takes over, or after a recovery to a point in time: the same data, on another timeline.</summary>
    public async Task ContinueOnAnotherTimelineAsync()
    {
        await KillAsync();
        await File.WriteAllTextAsync(Path.Combine(StoreCommands.DataIn(_folder), "recovery.signal"), "");
        await StartAsync();
    }

    /// <summary>The tools of Postgres find this one by these variables.</summary>
    public string ToolVariables => $"PGHOST=127.0.0.1 PGPORT={_port} PGUSER=postgres";

    /// <summary>As a crash: nothing is tidied up.</summary>
    public async Task KillAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        _process = null;
    }

    /// <summary>As a machine that hangs: the kernel goes on accepting connections, and nobody answers on any.</summary>
    public async Task FreezeAsync()
    {
        // The one that starts the others first, so that there is none later.
        await SignalAsync("STOP", _process!.Id);
        await SignalAsync("STOP", Backends());
    }

    public async Task ThawAsync() => await SignalAsync("CONT", [_process!.Id, .. Backends()]);

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<PostgresProcess> StartSharedAsync()
    {
        var shared = new PostgresProcess();
        await shared.StartAsync();
        shared.EndWithTests();
        return shared;
    }

    /// <summary>By somebody who outlives them: when all tests are through, their process is not left the time to tidy up.</summary>
    private void EndWithTests()
    {
        string[] arguments =
        [
            "-c", """while kill -0 "$0"; do sleep 1; done; kill -9 "$1"; rm -rf "$2" """, $"{Environment.ProcessId}", $"{_process!.Id}",
            _folder
        ];
        using var watch = Start(new ProcessStartInfo("sh", arguments));
    }

    private async Task UntilItAnswersAsync()
    {
        using var breath = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var started = Stopwatch.GetTimestamp();
        do
        {
            try
            {
                // Divides by zero while it still recovers, and takes no writes.
                await ExecuteAsync("SELECT 1 / (NOT pg_is_in_recovery())::integer");
                return;
            }
            catch (NpgsqlException) when (Stopwatch.GetElapsedTime(started) < StartTimeout)
            {
                Assert.False(_process!.HasExited, "Postgres ended while it started.");
            }
        }
        while (await breath.WaitForNextTickAsync());
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString("postgres"));
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private int[] Backends() =>
        [.. File.ReadAllText($"/proc/{_process!.Id}/task/{_process.Id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture))];

    private static Task SignalAsync(string signal, params int[] processes) =>
        RunAsync(new ProcessStartInfo("sh", ["-c", $"kill -s {signal} {string.Join(' ', processes)}"]));

    private static async Task RunAsync(ProcessStartInfo program)
    {
        using var process = Start(program);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    private static Process Start(ProcessStartInfo program)
    {
        program.RedirectStandardOutput = true;
        program.RedirectStandardError = true;
        var process = Process.Start(program) ?? throw new InvalidOperationException($"{program.FileName} did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
