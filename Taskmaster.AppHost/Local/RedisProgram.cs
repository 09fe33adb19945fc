using System.Globalization;

namespace Taskmaster.AppHost.Local;

/// <summary>The machine's redis-server or valkey-server, or else Garnet, which comes with the build.</summary>
internal static class RedisProgram
{
    public static async Task<StoreProgram> PrepareAsync(
        RedisResource redis, int port, LocalInstance instance, CancellationToken cancellationToken)
    {
        var password = await redis.PasswordParameter!.GetValueAsync(cancellationToken)
            ?? throw new RefusalException($"'{redis.Name}' has no password.");
        var server = instance.Settings.Redis ?? Programs.Find("redis-server") ?? Programs.Find("valkey-server") ?? LocalSettings.Garnet;
        if (server == LocalSettings.Garnet)
        {
            return await PrepareGarnetAsync(redis, port, password, instance, cancellationToken);
        }

        return File.Exists(server)
            ? await PrepareServerAsync(server, redis, port, password, instance, cancellationToken)
            : throw new RefusalException($"There is no Redis server at {server}: set Local:Redis to one, or to '{LocalSettings.Garnet}', "
                + $"or leave it unset to have one found.");
    }

    private static async Task<StoreProgram> PrepareServerAsync(
        string server, RedisResource redis, int port, string password, LocalInstance instance, CancellationToken cancellationToken)
    {
        var folder = instance.Folder.Create(redis.Name);
        await LeftoverStore.EndAsync(folder, cancellationToken);

        var file = Path.Combine(folder, "redis.conf");
        var arguments = redis.Annotations.OfType<RedisServerArgsAnnotation>().SelectMany(annotation => annotation.Arguments)
            .Concat(instance.Settings.IsThrowAway ? ["--appendfsync", "no"] : Array.Empty<string>());
        await PrivateFile.WriteAsync(file, string.Create(CultureInfo.InvariantCulture, $"""
            bind 127.0.0.1 -::1
            port {port}
            dir {Quoted(folder)}
            requirepass {Quoted(password)}
            save 60 1

            """), cancellationToken);
        return new StoreProgram(Path.GetFileName(server), server, [file, .. arguments], folder);
    }

    /// <summary>
    /// Garnet has an append-only file written at every command, as AppHost.cs asks of Redis, whose own arguments it does not
    /// read. The sizes keep it small; RandomAccess needs no libaio, without which the default dies at its first write.
    /// </summary>
    private static async Task<StoreProgram> PrepareGarnetAsync(
        RedisResource redis, int port, string password, LocalInstance instance, CancellationToken cancellationToken)
    {
        var folder = instance.Folder.Create($"{redis.Name}-garnet");
        await LeftoverStore.EndAsync(folder, cancellationToken);

        var file = Path.Combine(folder, "arguments");
        await PrivateFile.WriteAsync(file, string.Join('\n',
        [
            "--bind", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "--auth", "Password", "--password", password,
            "--checkpointdir", folder, "--aof", "--aof-commit-freq", "0", "--aof-commit-wait", "--recover",
            "--lua", "--lua-transaction-mode",
            "-m", "64m", "-i", "1m", "--page", "1m", "--aof-memory", "16m", "--aof-page-size", "4m",
            "--device-type", "RandomAccess", "-q",
        ]), cancellationToken);
        return new StoreProgram("garnet", Programs.Dotnet, [BuiltProject.AssemblyOf(new Projects.Taskmaster_Garnet()), file], folder);
    }

    private static string Quoted(string value) =>
        $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
