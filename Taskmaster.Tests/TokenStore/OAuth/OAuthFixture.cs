using Taskmaster.Tests.TokenStore.Servers;
using Taskmaster.TokenStore.Redis;

namespace Taskmaster.Tests.TokenStore.OAuth;

/// <summary>A server and an API on a redis-server of their own, shared by the tests of one class.</summary>
public class OAuthFixture : IAsyncLifetime
{
    public SingleRedis Redis { get; } = new();

    public OAuthHost Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await Redis.InitializeAsync();
        Host = await OAuthHost.StartAsync(Redis.Connection, configureTokens: Configure);
    }

    protected virtual void Configure(RedisTokenStoreOptions options)
    {
        // As they come.
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await Redis.DisposeAsync();
    }
}
