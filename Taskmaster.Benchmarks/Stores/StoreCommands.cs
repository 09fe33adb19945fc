using System.Diagnostics;
using System.Globalization;

namespace Taskmaster.Benchmarks.Stores;

/// <summary>
/// How each store is started on a port of 127.0.0.1 with its data in a folder: for the benchmark's sides and for the tests,
/// which add settings of their own and decide how long the process lives.
/// </summary>
internal static class StoreCommands
{
    private static readonly string[] PostgresFolders = Directory.Exists("/usr/lib/postgresql")
        ? [.. Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(folder => folder + "/bin")]
        : [];

    // initdb and postgres refuse to run as root.
    private static string? PostgresUser => Environment.IsPrivilegedProcess ? "postgres" : null;

    public static Command Redis(string name, int port, string folder, params IEnumerable<string> settings) => new(
        name,
        Places.Find("redis-server") ?? Places.Require("valkey-server"),
        ["--bind", "127.0.0.1", "--port", Text(port), "--dir", folder, "--save", "", "--maxmemory-policy", "noeviction", .. settings])
    {
        Folder = folder,
    };

    /// <summary>Garnet as the local host runs it where there is no redis-server: every write is on disk before it is answered.</summary>
    public static async Task<Command> GarnetAsync(string name, int port, string folder, params IEnumerable<string> settings)
    {
        var arguments = Path.Combine(folder, "arguments");
        await File.WriteAllLinesAsync(arguments,
        [
            "--bind", "127.0.0.1", "--port", Text(port), "--auth", "NoAuth", "--checkpointdir", folder,
            "--aof", "--aof-commit-freq", "0", "--aof-commit-wait", "--aof-memory", "16m", "--aof-page-size", "4m",
            "--lua", "--lua-transaction-mode", "--page", "1m", "--device-type", "RandomAccess", "-q", .. settings,
        ]);
        return Command.DotNet(name, Places.Garnet, arguments);
    }

    /// <summary>Postgres on the data of <see cref="InitializePostgresAsync"/>; settings as <c>name=value</c>.</summary>
    public static Command Postgres(string name, int port, string folder, params IEnumerable<string> settings) => new(
        name,
        Places.Require("postgres", PostgresFolders),
        [
            "-D", DataIn(folder), "-p", Text(port), "-k", folder, "-h", "127.0.0.1",
            .. settings.SelectMany(setting => (string[])["-c", setting]),
        ])
    {
        Folder = folder,
        User = PostgresUser,
    };

    /// <summary>Makes the data of a new Postgres, whose user is <c>postgres</c> without a password.</summary>
    public static async Task InitializePostgresAsync(string folder)
    {
        if (PostgresUser is not null)
        {
            await RunAsync(new Command("chown", Places.Require("chown"), PostgresUser, folder));
        }

        await RunAsync(new Command(
            "initdb",
            Places.Require("initdb", PostgresFolders),
            ["-D", DataIn(folder), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"])
        {
            Folder = folder,
            User = PostgresUser,
        });
    }

    private static async Task RunAsync(Command command)
    {
        var start = command.ToStartInfo();
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        _ = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{command.Name} failed: {await error}");
        }
    }

    public static string DataIn(string folder) => Path.Combine(folder, "data");

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
