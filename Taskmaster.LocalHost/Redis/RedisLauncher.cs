using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Taskmaster.LocalHost.Running;

namespace Taskmaster.LocalHost.Redis;

/// <summary>Starts the machine's redis-server or valkey-server, or else Garnet.</summary>
internal static class RedisLauncher
{
    private const string Garnet = "garnet";

    public static async Task<ChildProcess> StartAsync(RedisResource redis, Launch launch, CancellationToken cancellationToken)
    {
        var server = launch.Settings.Redis ?? Programs.Find("redis-server") ?? Programs.Find("valkey-server") ?? Garnet;
        return server == Garnet
            ? await GarnetLauncher.StartAsync(redis, launch, cancellationToken)
            : await StartServerAsync(server, redis, launch, cancellationToken);
    }

    private static async Task<ChildProcess> StartServerAsync(string server, RedisResource redis, Launch launch, CancellationToken cancellationToken)
    {
        var folder = launch.Folder.Create(redis.Name);
        var keeps = redis.Annotations.OfType<DataVolumeAnnotation>().Any();

        // In a file, because a command line is for everyone on the machine to see.
        var file = Path.Combine(folder, "redis.conf");
        await PrivateFile.WriteAsync(file, string.Create(CultureInfo.InvariantCulture, $"""
            bind 127.0.0.1 -::1
            port {redis.PrimaryEndpoint.Port}
            dir {Quoted(folder)}
            requirepass {Quoted(redis.PasswordParameter.Value)}
            save {(keeps ? "60 1" : "\"\"")}

            """), cancellationToken);

        return launch.Run(new ChildStart
        {
            Program = server,
            Arguments =
            [
                file,
                .. redis.Annotations.OfType<CommandLineArgsAnnotation>().SelectMany(annotation => annotation.Args),
                .. launch.Settings.IsThrowAway ? ["--appendfsync", "no"] : Array.Empty<string>(),
            ],
            WorkingDirectory = folder,
            Log = launch.Folder.LogOf(redis.Name),
            AdviceOnExit = $"If its data in {folder} is damaged, restore it from a backup, or start with `-- --fresh` to begin with empty data.",
        });
    }

    private static string Quoted(string value) =>
        $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
