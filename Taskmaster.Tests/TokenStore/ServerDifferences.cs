using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using StackExchange.Redis;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.TokenStore;

/// <summary>
/// Where redis-server and Garnet differ, as seen of each. Nothing of Taskmaster relies on either side of a difference:
/// <c>docs/interoperability.md</c> says what it does instead.
/// </summary>
public abstract partial class ServerDifferences(ITokenRedis redis, bool isGarnet)
{
    private readonly IDatabase _database = redis.Connection.GetDatabase();
    private readonly RedisKey _key = $"{{{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}}}";

    [Fact]
    public async Task A_key_expires_inside_a_script_on_Garnet_only()
    {
        const string Script = """
            redis.call('SET', KEYS[1], 'value', 'PX', 20)
            for _ = 1, 200000 do
              if redis.call('EXISTS', KEYS[1]) == 0 then return 'expired' end
            end
            return 'kept'
            """;

        Assert.Equal(isGarnet ? "expired" : "kept", (string?)await _database.ScriptEvaluateAsync(Script, [_key]));
    }

    /// <summary>Lua 5.1 has one kind of number, Lua 5.4 two. <c>string.format('%.0f', …)</c> is the same in both.</summary>
    [Fact]
    public async Task A_number_as_Lua_writes_it_differs_and_as_our_scripts_write_it_does_not()
    {
        const string Script = "return { tostring(6 / 2), tostring(1764400000000000), string.format('%.0f', 6 / 2), "
            + "string.format('%016.0f', 1764400000000000) }";

        var written = (string[])(await _database.ScriptEvaluateAsync(Script, [_key]))!;

        Assert.Equal(isGarnet ? ["3.0", "1764400000000000"] : ["3", "1.7644e+15"], written[..2]);
        Assert.Equal(["3", "1764400000000000"], written[2..]);
    }

    [Fact]
    public async Task An_expiry_as_a_point_in_time_is_unknown_to_Garnet_and_a_relative_one_is_known_to_both()
    {
        var absolute = _database.ExecuteAsync("SET", _key, "value", "PXAT", "4000000000000");

        if (isGarnet)
        {
            Assert.Contains(
                "syntax error", (await Assert.ThrowsAsync<RedisServerException>(() => absolute)).Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal("OK", (await absolute).ToString());
        }

        Assert.Equal("OK", (await _database.ExecuteAsync("SET", _key, "value", "PX", "60000")).ToString());
    }

    [Fact]
    public async Task A_watched_key_that_expires_ends_the_transaction_on_redis_server_only()
    {
        using var connection = new Connection(redis.Configuration);
        // On a busy machine it may have expired before it was watched, and then it is watched as a key that is not there.
        do
        {
            Assert.Equal("+OK", await connection.SendAsync("UNWATCH"));
            Assert.Equal("+OK", await connection.SendAsync("SET", $"{_key}", "value", "PX", "100"));
            Assert.Equal("+OK", await connection.SendAsync("WATCH", $"{_key}"));
        }
        while (await connection.SendAsync("EXISTS", $"{_key}") == ":0");

        await TokenRedis.UntilAsync(async () => !await _database.KeyExistsAsync(_key));

        Assert.Equal("+OK", await connection.SendAsync("MULTI"));
        Assert.Equal("+QUEUED", await connection.SendAsync("SET", $"{_key}", "written"));
        Assert.Equal(isGarnet ? "*1 +OK" : "*-1", await connection.SendAsync("EXEC"));
    }

    [Fact]
    public async Task A_key_that_a_script_does_not_declare_is_taken_by_both_alone() =>
        Assert.Equal("OK", (string?)await _database.ScriptEvaluateAsync($"return redis.call('SET', '{_key}', 'value', 'PX', 1000)"));

    /// <summary>In a cluster an undeclared key may lie on another node; the conformance tests run all scripts on one.</summary>
    [Fact]
    public void Each_script_of_the_token_store_declares_its_keys_and_writes_numbers_in_one_way()
    {
        var scripts = Directory.GetFiles(Path.Combine(Repository.Root, "Taskmaster.TokenStore", "Redis", "Scripts"), "*.lua");
        Assert.True(scripts.Length > 8);

        foreach (var script in scripts)
        {
            var text = Comment().Replace(File.ReadAllText(script), "");
            Assert.All(Call().Matches(text), call => Assert.Matches(@"^(KEYS\[\w+\]|key|bucket)$", call.Groups["key"].Value));
            Assert.DoesNotMatch(@"tostring|\bWATCH|PXAT|SETRANGE|APPEND|INCR", text);
        }
    }

    [GeneratedRegex(@"--.*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"redis\.call\('(?!TIME)\w+', (?<key>[^,)]+)")]
    private static partial Regex Call();

    /// <summary>A connection of its own: WATCH belongs to a connection, and StackExchange.Redis shares one.</summary>
    private sealed class Connection(ConfigurationOptions configuration) : IDisposable
    {
        private readonly TcpClient _client = new(configuration.EndPoints[0].ToString()!.Split('/')[^1].Split(':')[0], int.Parse(
            configuration.EndPoints[0].ToString()!.Split(':')[^1], System.Globalization.CultureInfo.InvariantCulture));

        /// <returns>The answer's lines; each of these answers arrives as a whole.</returns>
        public async Task<string> SendAsync(params string[] words)
        {
            var command = new StringBuilder().Append('*').Append(words.Length).Append("\r\n");
            foreach (var word in words)
            {
                command.Append('$').Append(word.Length).Append("\r\n").Append(word).Append("\r\n");
            }

            var stream = _client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(command.ToString()));
            var answer = new byte[1024];
            var length = await stream.ReadAsync(answer);
            return Encoding.ASCII.GetString(answer, 0, length).Trim().Replace("\r\n", " ", StringComparison.Ordinal);
        }

        public void Dispose() => _client.Dispose();
    }
}

public sealed class RedisDifferencesTests(SingleRedis redis) : ServerDifferences(redis, isGarnet: false), IClassFixture<SingleRedis>;

public sealed class GarnetDifferencesTests(GarnetServer redis) : ServerDifferences(redis, isGarnet: true), IClassFixture<GarnetServer>;
