using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Taskmaster.AppHost.Local;

/// <summary>The machine's redis-server or valkey-server, or else Garnet, which comes with the build.</summary>
internal static partial class RedisProgram
{
    /// <summary>The first with PEXPIRETIME, which the scripts of Taskmaster.TokenStore need.</summary>
    private static readonly Version Oldest = new(7, 0);

    public static async Task<StoreProgram> PrepareAsync(
        RedisResource redis, int port, LocalInstance instance, CancellationToken cancellationToken)
    {
        var password = await redis.PasswordParameter!.GetValueAsync(cancellationToken)
            ?? throw new RefusalException($"'{redis.Name}' has no password.");
        var server = instance.Settings.Redis is { } chosen
            ? await RequireUsableAsync(chosen, cancellationToken)
            : await FirstUsableAsync([Programs.Find("redis-server"), Programs.Find("valkey-server")], cancellationToken);
        return server == LocalSettings.Garnet
            ? await PrepareGarnetAsync(redis, port, password, instance, cancellationToken)
            : await PrepareServerAsync(server, redis, port, password, instance, cancellationToken);
    }

    /// <summary>The first that is not too old, else Garnet.</summary>
    internal static async Task<string> FirstUsableAsync(IEnumerable<string?> servers, CancellationToken cancellationToken)
    {
        foreach (var server in servers.OfType<string>())
        {
            if (await TooOldAsync(server, cancellationToken) is null)
            {
                return server;
            }
        }

        return LocalSettings.Garnet;
    }

    private static async Task<string> RequireUsableAsync(string chosen, CancellationToken cancellationToken)
    {
        if (chosen == LocalSettings.Garnet)
        {
            return chosen;
        }

        if (!File.Exists(chosen))
        {
            throw new RefusalException($"There is no Redis server at {chosen}: set Local:Redis to one, or to '{LocalSettings.Garnet}', "
                + $"or leave it unset to have one found.");
        }

        return await TooOldAsync(chosen, cancellationToken) is { } version
            ? throw new RefusalException($"The Redis server {chosen} is {version}, and {Oldest} or newer is needed: set Local:Redis to "
                + $"such a one, or to '{LocalSettings.Garnet}', or leave it unset to have one found.")
            : chosen;
    }

    /// <summary>Its version; null when that is new enough, or when it does not say any.</summary>
    private static async Task<Version?> TooOldAsync(string server, CancellationToken cancellationToken)
    {
        try
        {
            var said = VersionNumber().Match(await Programs.VersionAsync(server, cancellationToken));
            return Version.TryParse(said.Groups[1].Value, out var version) && version < Oldest ? version : null;
        }
        catch (Win32Exception)
        {
            // Not to be started at all, which its resource says with the reason.
            return null;
        }
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

    /// <summary>As in "Redis server v=7.0.15 sha=…"; Valkey says it likewise.</summary>
    [GeneratedRegex(@"\bv=([0-9]+\.[0-9]+(?:\.[0-9]+)?)")]
    private static partial Regex VersionNumber();

    private static string Quoted(string value) =>
        $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
