using StackExchange.Redis;

namespace Taskmaster.Tests.TokenStore.Servers;

/// <summary>A cluster of three real redis-servers, a third of the slots each.</summary>
public sealed class RedisCluster : ITokenRedis
{
    private const int Slots = 16384;

    private readonly List<RedisProcess> _nodes = [.. Enumerable.Range(0, 3).Select(_ => new RedisProcess(
        "--cluster-enabled", "yes", "--cluster-config-file", "nodes.conf", "--cluster-node-timeout", "5000"))];

    public ConfigurationOptions Configuration => TokenRedis.Configure(_nodes.Select(node => node.Address));

    public IConnectionMultiplexer Connection { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        foreach (var (index, node) in _nodes.Index())
        {
            node.Start();
            await using var connection = await TokenRedis.ConnectAsync(TokenRedis.Configure([node.Address]));
            var server = connection.GetServer("127.0.0.1", node.Port);
            await server.ExecuteAsync("CLUSTER", "ADDSLOTSRANGE", Slots * index / 3, (Slots * (index + 1) / 3) - 1);

            if (index > 0)
            {
                await server.ExecuteAsync("CLUSTER", "MEET", "127.0.0.1", _nodes[0].Port, _nodes[0].BusPort);
            }
        }

        foreach (var node in _nodes)
        {
            await using var connection = await TokenRedis.ConnectAsync(TokenRedis.Configure([node.Address]));
            await TokenRedis.UntilAsync(async () =>
                (await connection.GetServer("127.0.0.1", node.Port).ExecuteAsync("CLUSTER", "INFO")).ToString() is { } info
                && info.Contains("cluster_state:ok", StringComparison.Ordinal)
                && info.Contains("cluster_known_nodes:3", StringComparison.Ordinal));
        }

        Connection = await TokenRedis.ConnectAsync(Configuration);
    }

    public async Task DisposeAsync()
    {
        await Connection.DisposeAsync();
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }
}
