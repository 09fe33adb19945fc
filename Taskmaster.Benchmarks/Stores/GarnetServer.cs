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

        // --minthreads: on one core it otherwise kept the token store waiting for longer than a second.
        var command = await StoreCommands.GarnetAsync(
            side + "-garnet", port, run.NewFolder(side + "-garnet"), "--minthreads", "32", "-m", "1g", "-i", "64m");
        var server = await RedisServer.ConnectAsync(run.Start(command), port, canBeListenedTo: false);

        await server.RunScriptAsync(FirstScript);
        return server;
    }
}
