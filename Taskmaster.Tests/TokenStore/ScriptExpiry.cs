using System.Text;
using StackExchange.Redis;
using Taskmaster.AuthServer.Device;
using Taskmaster.Tests.TokenStore.Servers;
using Taskmaster.TokenStore.Format;
using Taskmaster.TokenStore.Redis;

namespace Taskmaster.Tests.TokenStore;

/// <summary>
/// A token that expires between two commands of a script, as it can on Garnet, is gone: no script brings back a part of it,
/// which would have no time to live.
/// </summary>
public abstract class ScriptExpiry(ITokenRedis redis)
{
    // Runs in front of a script and takes the place of `redis`: when the script has read its token, something happens to the token.
    private const string Meanwhile = """
        local server = redis
        local happened = false
        local redis = { call = function(...)
          local answer = server.call(...)
          if select(2, ...) == KEYS[1] and not happened then
            happened = true
            {0}
          end
          return answer
        end }
        """;

    private const string Deleted = "server.call('DEL', KEYS[1])";

    private const string Expires = """
        server.call('PEXPIRE', KEYS[1], 20)
        for _ = 1, 200000 do
          if server.call('EXISTS', KEYS[1]) == 0 then break end
        end
        """;

    private const string Bought = "bought";

    private static readonly string Born = $"{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1000:d16}";

    private readonly IDatabase _database = redis.Connection.GetDatabase();
    private readonly string _tag = $"{{{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}}}:";

    [Theory]
    [InlineData("attempt", "done", "0")]
    [InlineData("close", "done")]
    [InlineData("redeem", "unknown")]
    [InlineData("rotate", "unknown")]
    [InlineData("update", "lost")]
    [InlineData("birth", "done", "0000000000000000")]
    public async Task A_token_that_goes_while_a_script_runs_stays_gone_and_buys_nothing(string verb, params string[] answer)
    {
        Assert.Equal(answer, await RunAsync(verb, Deleted));

        Assert.False(await _database.KeyExistsAsync(Key("token")));
        Assert.False(await _database.KeyExistsAsync(Key(Bought)));
    }

    [Theory]
    [InlineData("attempt")]
    [InlineData("close")]
    [InlineData("redeem")]
    [InlineData("rotate")]
    [InlineData("update")]
    [InlineData("birth")]
    public async Task A_token_that_expires_while_a_script_runs_leaves_no_key_without_a_time_to_live(string verb)
    {
        _ = await RunAsync(verb, Expires);

        foreach (var key in new[] { Key("token"), Key(Bought) })
        {
            Assert.True(
                await _database.KeyTimeToLiveAsync(key) is not null || !await _database.KeyExistsAsync(key), $"{key} never expires.");
        }
    }

    [Theory]
    [InlineData("attempt", "done", "1")]
    [InlineData("close", "done")]
    [InlineData("redeem", "done")]
    [InlineData("rotate", "done")]
    [InlineData("update", "done")]
    public async Task A_script_that_changes_a_token_leaves_it_its_time_to_live(string verb, params string[] answer)
    {
        Assert.Equal(answer, await RunAsync(verb, ""));

        Assert.NotNull(await _database.KeyTimeToLiveAsync(Key("token")));
        Assert.NotEqual(Value(verb), (string?)await _database.StringGetAsync(Key("token")));
    }

    [Fact]
    public async Task An_attempt_given_back_after_its_window_leaves_no_count_and_one_within_it_keeps_the_window()
    {
        var attempts = new VerificationAttempts(redis.Connection);
        var user = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var key = $"taskmaster:verify:{user:N}";

        Assert.True(await attempts.TakeAsync(user));
        Assert.True(await attempts.TakeAsync(user));
        await attempts.GiveBackAsync(user);
        Assert.Equal(1, (int)await _database.StringGetAsync(key));
        Assert.NotNull(await _database.KeyTimeToLiveAsync(key));

        await _database.KeyDeleteAsync(key);
        await attempts.GiveBackAsync(user);
        Assert.False(await _database.KeyExistsAsync(key));
    }

    private async Task<string[]> RunAsync(string verb, string meanwhile)
    {
        await _database.StringSetAsync(Key("token"), Value(verb), TimeSpan.FromMinutes(1));
        var (script, others, arguments) = verb switch
        {
            "attempt" => (TokenScript.Attempt, [], ["3"]),
            "close" => (TokenScript.Close, [], ["x"]),
            "redeem" => (TokenScript.Redeem, ["marks", Bought], ["", "60000", Value(verb), "60000"]),
            "rotate" => (TokenScript.Rotate, ["marks", Bought], ["", "60000", "30000", "sealed", Value(verb), "60000"]),
            "update" => (TokenScript.Update, [], [Value(verb)[..TokenValue.HeaderSize], Value(verb) + "changed", "60000", ""]),
            "birth" => (TokenScript.Birth, Array.Empty<string>(), Array.Empty<string>()),
            _ => throw new ArgumentOutOfRangeException(nameof(verb)),
        };

        var text = Meanwhile.Replace("{0}", meanwhile, StringComparison.Ordinal) + "\n" + script.Text;
        RedisKey[] keys = [Key("token"), .. others.Select(Key)];
        return (string[])(await _database.ScriptEvaluateAsync(text, keys, Array.ConvertAll(arguments, argument => (RedisValue)argument)))!;
    }

    /// <summary>A valid token; for two of the scripts one whose birth follows from its expiry.</summary>
    private static string Value(string verb) =>
        new StringBuilder("T1v").Append(verb is "birth" or "update" ? $"{60_000:d16}" : Born)
            .Append('0', 16)
            .Append("0aAAAA")
            .Append("the body")
            .ToString();

    private RedisKey Key(string name) => _tag + name;
}

public sealed class RedisScriptExpiryTests(SingleRedis redis) : ScriptExpiry(redis), IClassFixture<SingleRedis>;

public sealed class GarnetScriptExpiryTests(GarnetServer redis) : ScriptExpiry(redis), IClassFixture<GarnetServer>;
