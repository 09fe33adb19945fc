using StackExchange.Redis;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Tests.TokenStore.Servers;
using Taskmaster.TokenStore.Fast;

namespace Taskmaster.Tests.TokenStore;

public sealed class RedisPipelineTests : IAsyncLifetime
{
    private readonly SingleRedis _redis = new();
    private readonly HeldWork _work = new();
    private RedisPipeline _pipeline = null!;

    public async Task InitializeAsync()
    {
        await _redis.InitializeAsync();
        _pipeline = new(_redis.Connection, _work.Hold);
    }

    public Task DisposeAsync() => _redis.DisposeAsync();

    [Fact]
    public async Task Commands_are_sent_together_when_it_is_their_turn()
    {
        Task<bool>[] written = [Set("a"), Set("b"), Set("c")];
        Assert.Equal(1, _work.Count);
        Assert.Equal(0, await CountAsync("a", "b", "c"));

        _work.DoNext();
        Assert.All(await Task.WhenAll(written), Assert.True);
        Assert.Equal(3, await CountAsync("a", "b", "c"));
    }

    [Fact]
    public async Task What_comes_after_their_turn_has_one_of_its_own()
    {
        var first = Set("a");
        _work.DoNext();
        var second = Set("b");

        Assert.True(await first);
        Assert.False(second.IsCompleted);
        Assert.Equal((1, 0), (_work.Count, await CountAsync("b")));

        _work.DoNext();
        Assert.True(await second);
    }

    [Fact]
    public async Task An_error_of_one_command_is_nobody_elses()
    {
        var (written, refused, counted) = (
            Set("a"),
            _pipeline.SendAsync(database => database.StringIncrementAsync("a")),
            _pipeline.SendAsync(database => database.StringIncrementAsync("n")));
        _work.DoNext();

        Assert.True(await written);
        await Assert.ThrowsAsync<RedisServerException>(() => refused);
        Assert.Equal(1, await counted);
    }

    [Fact]
    public async Task A_command_that_cannot_be_given_holds_up_nobody()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _pipeline.SendAsync<bool>(_ => throw new ArgumentException("no command")));
        var written = Set("a");
        _work.DoNext();

        Assert.True(await written);
    }

    [Fact]
    public async Task A_Redis_that_is_away_is_an_error_for_each()
    {
        await _redis.Process.KillAsync();
        await TokenRedis.UntilAsync(() => Task.FromResult(!_redis.Connection.IsConnected));

        Task<bool>[] writes = [Set("a"), Set("b")];
        _work.DoNext();

        foreach (var write in writes)
        {
            await Assert.ThrowsAsync<RedisConnectionException>(() => write);
        }
    }

    [Fact]
    public async Task A_connection_that_was_closed_throws_in_nobodys_thread()
    {
        await using var closed = await TokenRedis.ConnectAsync(_redis.Configuration);
        var late = new RedisPipeline(closed, _work.Hold);

        _ = late.SendAsync(database => database.PingAsync());
        await closed.CloseAsync();

        _work.DoNext();
    }

    private Task<bool> Set(string key) => _pipeline.SendAsync(database => database.StringSetAsync(key, "text"));

    private Task<long> CountAsync(params string[] keys) =>
        _redis.Connection.GetDatabase().KeyExistsAsync([.. keys.Select(key => (RedisKey)key)]);
}
