using StackExchange.Redis;

namespace Taskmaster.Tests.TokenStore.Servers;

/// <summary>redis-server as we ship it: every write on disk before it is answered.</summary>
public sealed class SingleRedis : ITokenRedis
{
    public RedisProcess Process { get; } = new("--appendonly", "yes", "--appendfsync", "always");

    public ConfigurationOptions Configuration => TokenRedis.Configure([Process.Address]);

    public IConnectionMultiplexer Connection { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Process.Start();
        Connection = await TokenRedis.ConnectAsync(Configuration);
    }

    public async Task DisposeAsync()
    {
        await Connection.DisposeAsync();
        await Process.DisposeAsync();
    }
}
