using System.Globalization;

namespace Taskmaster.Benchmarks.Stores;

/// <summary>Garnet as the local host runs it where there is no redis-server, with room for all that a run writes.</summary>
internal static class GarnetServer
{
    // The first script with these commands takes a second or more, and the token store waits no longer for an answer.
    private const string FirstScript = """
        redis.call('SET', KEYS[1], redis.call('TIME')[1], 'PX', 1000)
        redis.call('SETRANGE', KEYS[1], 0, redis.call('GETRANGE', KEYS[1], 0, 1))
        redis.call('APPEND', KEYS[1], redis.call('GET', KEYS[1]))
        """;

    public static async Task<RedisServer> StartAsync(Run run, string side)
    {
        var port = FreePort.Next();
        var folder = Directory.CreateDirectory(Path.Combine(run.Folder, side + "-garnet")).FullName;
        var arguments = Path.Combine(folder, "arguments");

        // --minthreads: on one core it otherwise kept the token store waiting for longer than a second.
        await File.WriteAllLinesAsync(arguments,
        [
            "--bind", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "--auth", "NoAuth", "--checkpointdir", folder,
            "--aof", "--aof-commit-freq", "0", "--aof-commit-wait", "--minthreads", "32", "--lua", "--lua-transaction-mode",
            "-m", "1g", "-i", "64m", "--page", "1m", "--aof-memory", "16m", "--aof-page-size", "4m", "--device-type", "RandomAccess", "-q",
        ]);

        var process = run.Start(Command.DotNet(side + "-garnet", Places.Garnet, arguments));
        var server = await RedisServer.ConnectAsync(process, port, canBeListenedTo: false);

        await server.RunScriptAsync(FirstScript);
        return server;
    }
}
