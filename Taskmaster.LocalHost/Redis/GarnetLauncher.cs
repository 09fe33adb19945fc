using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Taskmaster.LocalHost.Running;

namespace Taskmaster.LocalHost.Redis;

/// <summary>Starts Garnet in a process of its own: it is able to take its process down.</summary>
internal static class GarnetLauncher
{
    public static async Task<ChildProcess> StartAsync(RedisResource redis, Launch launch, CancellationToken cancellationToken)
    {
        var folder = launch.Folder.Create($"{redis.Name}-garnet");

        // In a file, because a command line is for everyone on the machine to see.
        var file = Path.Combine(folder, "arguments");
        await PrivateFile.WriteAsync(file, string.Join('\n', Arguments(redis, folder)), cancellationToken);

        return launch.Run(new ChildStart
        {
            Program = Programs.Dotnet,
            Arguments = [launch.Projects.GarnetAssembly, file],
            WorkingDirectory = folder,
            Log = launch.Folder.LogOf(redis.Name),
            AdviceOnExit = $"If its data in {folder} is damaged, restore it from a backup, or start with `-- --fresh` to begin with empty data.",
        });
    }

    /// <summary>
    /// An append-only file written at every command, as AppHost.cs asks of Redis, whose own arguments Garnet does not read.
    /// The sizes keep it small; RandomAccess needs no libaio, without which the default dies at its first write.
    /// </summary>
    private static string[] Arguments(RedisResource redis, string folder) =>
    [
        "--bind", "127.0.0.1",
        "--port", redis.PrimaryEndpoint.Port.ToString(CultureInfo.InvariantCulture),
        "--auth", "Password", "--password", redis.PasswordParameter.Value,
        "--checkpointdir", folder, "--aof", "--aof-commit-freq", "0", "--aof-commit-wait", "--recover",
        "--lua", "--lua-transaction-mode",
        "-m", "64m", "-i", "1m", "--page", "1m", "--aof-memory", "16m", "--aof-page-size", "4m",
        "--device-type", "RandomAccess", "-q",
    ];
}
