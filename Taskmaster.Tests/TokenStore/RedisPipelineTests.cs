using StackExchange.Redis;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Tests.TokenStore.Servers;
using Taskmaster.TokenStore;

namespace Taskmaster.Tests.TokenStore;

public sealed class RedisPipelineTests : IAsyncLifetime
{
    private readonly SingleRedis redis = new();
    private readonly HeldWork work = new();
    private RedisPipeline pipeline = null!;

    public async Task InitializeAsync()
    {
        await redis.InitializeAsync();
        pipeline = new(redis.Connection, work.Hold);
    }

    public Task DisposeAsync() => redis.DisposeAsync();

    [Fact]
    public async Task Commands_are_sent_together_when_it_is_their_turn()
    {
        Task<bool>[] written = [Set("a"), Set("b"), Set("c")];
        Assert.Equal(1, work.Count);
        Assert.Equal(0, await CountAsync("a", "b", "c"));

        work.DoNext();
        Assert.All(await Task.WhenAll(written), Assert.True);
        Assert.Equal(3, await CountAsync("a", "b", "c"));
    }

    [Fact]
    public async Task What_comes_after_their_turn_has_one_of_its_own()
    {
        var first = Set("a");
        work.DoNext();
        var second = Set("b");

        Assert.True(await first);
        Assert.False(second.IsCompleted);
        Assert.Equal((1, 0), (work.Count, await CountAsync("b")));

        work.DoNext();
        Assert.True(await second);
    }

    [Fact]
    public async Task An_error_of_one_command_is_nobody_elses()
    {
        var (written, refused, counted) = (
            Set("a"),
            pipeline.SendAsync(database => database.StringIncrementAsync("a")),
            pipeline.SendAsync(database => database.StringIncrementAsync("n")));
        work.DoNext();

        Assert.True(await written);
        await Assert.ThrowsAsync<RedisServerException>(() => refused);
        Assert.Equal(1, await counted);
    }

    [Fact]
    public async Task A_command_that_cannot_be_given_holds_up_nobody()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => pipeline.SendAsync<bool>(_ => throw new ArgumentException("no command")));
        var written = Set("a");
        work.DoNext();

        Assert.True(await written);
    }

    [Fact]
    public async Task A_Redis_that_is_away_is_an_error_for_each()
    {
        await redis.Process.KillAsync();
        await TokenRedis.UntilAsync(() => Task.FromResult(!redis.Connection.IsConnected));

        Task<bool>[] writes = [Set("a"), Set("b")];
        work.DoNext();

        foreach (var write in writes)
        {
            await Assert.ThrowsAsync<RedisConnectionException>(() => write);
        }
    }

    [Fact]
    public async Task A_connection_that_was_closed_throws_in_nobodys_thread()
    {
        await using var closed = await TokenRedis.ConnectAsync(redis.Configuration);
        var late = new RedisPipeline(closed, work.Hold);

        _ = late.SendAsync(database => database.PingAsync());
        await closed.CloseAsync();

        work.DoNext();
    }

    private Task<bool> Set(string key) => pipeline.SendAsync(database => database.StringSetAsync(key, "text"));

    private Task<long> CountAsync(params string[] keys) => redis.Connection.GetDatabase().KeyExistsAsync([.. keys.Select(key => (RedisKey)key)]);
}
