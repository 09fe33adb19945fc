using StackExchange.Redis;

namespace Taskmaster.Benchmarks.Stores;

/// <summary>A Redis of one side alone, with the durability Taskmaster ships: every write is on disk before it is answered.</summary>
internal sealed class RedisServer(ServerProcess process, int port, IConnectionMultiplexer connection, bool canBeListenedTo)
{
    public ServerProcess Process => process;

    public int Port => port;

    public string ConnectionString => Connect(port);

    /// <summary>Whether MONITOR tells scripts' commands from clients'; redis-server does.</summary>
    public bool CanBeListenedTo => canBeListenedTo;

    private IServer Server => connection.GetServers().Single();

    private IDatabase Database => connection.GetDatabase();

    public static Task<RedisServer> StartAsync(Run run, string side)
    {
        var port = FreePort.Next();

        // A rewrite of the file in the middle of a round would be measured as the round's own.
        var command = StoreCommands.Redis(
            side + "-redis", port, run.NewFolder(side + "-redis"),
            "--appendonly", "yes", "--appendfsync", "always", "--auto-aof-rewrite-percentage", "0");

        return ConnectAsync(run.Start(command), port, canBeListenedTo: true);
    }

    /// <summary>Waits until a server that was started answers.</summary>
    public static async Task<RedisServer> ConnectAsync(ServerProcess process, int port, bool canBeListenedTo)
    {
        var options = ConfigurationOptions.Parse(Connect(port) + ",abortConnect=false,allowAdmin=true");
        var connection = await ConnectionMultiplexer.ConnectAsync(options);
        await process.UntilAsync(() => Task.FromResult(connection.IsConnected));
        return new RedisServer(process, port, connection, canBeListenedTo);
    }

    /// <summary>A harmless command that a listener can recognise.</summary>
    public Task MarkAsync(string marker) => Database.ExecuteAsync("ECHO", marker);

    public Task SetAsync(string key, string value) => Database.StringSetAsync(key, value);

    public Task RunScriptAsync(string script) => Database.ScriptEvaluateAsync(script, ["warm-up"]);

    public Task<long> KeyCountAsync() => Server.DatabaseSizeAsync();

    public HashSet<string> Keys() => [.. Server.Keys(pageSize: 1000).Select(key => key.ToString())];

    /// <summary>What the key takes in memory, its entry in the table of keys included.</summary>
    public async Task<long> BytesAsync(string key) => (long)await Database.ExecuteAsync("MEMORY", "USAGE", key, "SAMPLES", "0");

    public async Task<string> VersionAsync()
    {
        var info = await Server.InfoAsync("server");
        return info.Single().First(pair => pair.Key is "redis_version").Value;
    }

    private static string Connect(int port) => $"127.0.0.1:{port}";
}
