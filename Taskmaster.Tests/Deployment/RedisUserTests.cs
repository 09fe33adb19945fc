using StackExchange.Redis;

namespace Taskmaster.Tests.Deployment;

/// <summary>What the users of deploy/redis/users.acl may do.</summary>
public sealed class RedisUserTests(ProtectedRedis redis) : IClassFixture<ProtectedRedis>
{
    [Theory]
    [InlineData("authserver", "SET oi:t:{0}:a 1", true)]
    [InlineData("authserver", "SET web:session:a 1", false)]
    [InlineData("authserver", "KEYS *", false)]
    [InlineData("authserver", "FLUSHALL", false)]
    [InlineData("authserver", "CONFIG GET *", false)]
    [InlineData("tasksapi", "GET oi:t:{0}:a", true)]
    [InlineData("tasksapi", "SET oi:u:proof 1", true)]
    [InlineData("tasksapi", "SET oi:t:{0}:a 1", false)]
    [InlineData("tasksapi", "DEL oi:t:{0}:a", false)]
    [InlineData("tasksapi", "EVAL return(redis.call('SET',KEYS[1],1)) 1 oi:t:{0}:a", false)]
    [InlineData("mcp", "EVAL return(redis.call('SET',KEYS[1],1)) 1 oi:t:{0}:a", false)]
    [InlineData("mcp", "GET reqlog:{0}:count:1", false)]
    [InlineData("web", "SET web:session:a 1", true)]
    [InlineData("web", "GET oi:t:{0}:a", false)]
    public async Task A_service_may_do_what_it_does_and_nothing_else(string user, string command, bool may)
    {
        await using var connection = await redis.ConnectAsync(user);
        if (may)
        {
            _ = await AskAsync(connection, command);
        }
        else
        {
            var refusal = await Assert.ThrowsAsync<RedisServerException>(() => AskAsync(connection, command));
            Assert.Matches("no permission|can't access", refusal.Message);
        }
    }

    /// <summary>By the client that services use, which sends UNLINK where the server has it, and DEL elsewhere.</summary>
    [Theory]
    [InlineData("authserver", "oi:t:{0}:deleted")]
    [InlineData("web", "web:session:deleted")]
    public async Task A_service_deletes_what_it_has_written(string user, string key)
    {
        await using var connection = await redis.ConnectAsync(user);
        var database = connection.GetDatabase();
        Assert.True(await database.StringSetAsync(key, "1"));

        Assert.True(await database.KeyDeleteAsync(key));
        _ = await database.ExecuteAsync("DEL", key);
    }

    [Fact]
    public async Task Whoever_names_no_user_is_let_do_nothing() =>
        Assert.StartsWith("-NOAUTH", await redis.AskAsNobodyAsync("GET web:session:a"), StringComparison.Ordinal);

    [Fact]
    [Trait("Behaviour", "50")]
    public async Task What_a_script_has_written_is_there_after_a_crash_though_nobody_can_be_the_default_user()
    {
        await using (var connection = await redis.ConnectAsync("authserver"))
        {
            _ = await connection.GetDatabase().ScriptEvaluateAsync(
                "redis.call('SET', KEYS[1], 1) redis.call('SET', KEYS[2], 1)", ["oi:t:{0}:a", "oi:t:{0}:b"]);
        }

        await redis.RestartAsync();

        await using var again = await redis.ConnectAsync("authserver");
        var values = await again.GetDatabase().StringGetAsync(["oi:t:{0}:a", "oi:t:{0}:b"]);
        Assert.Equal(["1", "1"], values.Select(value => value.ToString()));
    }

    private static Task<RedisResult> AskAsync(IConnectionMultiplexer connection, string command)
    {
        var words = command.Split(' ');
        return connection.GetDatabase().ExecuteAsync(words[0], [.. words[1..].Cast<object>()]);
    }
}
