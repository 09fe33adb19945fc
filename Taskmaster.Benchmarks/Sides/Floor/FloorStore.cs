using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;
using Taskmaster.Benchmarks.Sides.Batches;

namespace Taskmaster.Benchmarks.Sides.Floor;

/// <summary>
/// Codes and tokens in Redis with as many commands as Taskmaster's store has: an entry of the same size under the hash of an
/// opaque reference, one SET for a token without a grant, one script where there is a grant to look at, and revocation marks
/// that are read with each look-up. Nothing in an entry is encrypted.
/// </summary>
internal sealed class FloorStore(RedisBatches redis, byte[] issue, byte[] spend)
{
    private const char Live = 'v';
    private const int ReferenceBytes = 32;

    private const string Issue = """
        if redis.call('GET', KEYS[1]) then return 0 end
        redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
        return 1
        """;

    private const string Spend = """
        local value = redis.call('GET', KEYS[1])
        if not value or value:sub(1, 1) ~= 'v' or redis.call('GET', KEYS[2]) then return 0 end
        redis.call('SET', KEYS[1], 'r' .. value:sub(2), 'XX', 'KEEPTTL')
        for i = 3, #KEYS do
          redis.call('SET', KEYS[i], ARGV[i - 1], 'PX', ARGV[1])
        end
        return 1
        """;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(70);

    private static readonly RedisValue LifetimeMs = Lifetime.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);

    // So that an entry is as long as one of Taskmaster's.
    private static readonly string Rest = new('x', 300);

    public static async Task<FloorStore> ConnectAsync(IConnectionMultiplexer redis)
    {
        var server = redis.GetServers().Single();
        return new(new RedisBatches(redis), await server.ScriptLoadAsync(Issue), await server.ScriptLoadAsync(Spend));
    }

    public static string NewReference()
    {
        Span<byte> bytes = stackalloc byte[ReferenceBytes];
        RandomNumberGenerator.Fill(bytes);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>A token that belongs to no grant.</summary>
    public Task<bool> IssueAsync(string reference, FloorEntry entry) =>
        redis.SendAsync(database => database.StringSetAsync(KeyOf(reference), TextOf(entry), Lifetime));

    /// <summary>A code of a grant.</summary>
    public async Task<bool> IssueAsync(string grant, string reference, FloorEntry entry) =>
        (int)await redis.SendAsync(database => database.ScriptEvaluateAsync(
            issue, [MarksOf(grant), KeyOf(reference)], [TextOf(entry), LifetimeMs])) == 1;

    /// <summary>Uses up a code or a refresh token and writes what it buys, in one step.</summary>
    public async Task<bool> SpendAsync(string spent, string grant, FloorEntry entry, params string[] bought) =>
        (int)await redis.SendAsync(database => database.ScriptEvaluateAsync(
            spend,
            [KeyOf(spent), MarksOf(grant), .. bought.Select(KeyOf)],
            [LifetimeMs, .. bought.Select(_ => TextOf(entry))])) == 1;

    /// <summary>A live entry, of which no mark says that it is revoked.</summary>
    public async Task<FloorEntry?> FindAsync(string reference)
    {
        RedisKey[] wanted = [KeyOf(reference), "marks:grant", "marks:subject", "marks:client"];
        var values = await redis.SendAsync(database => database.StringGetAsync(wanted));
        return values is [{ IsNull: false } value, { IsNull: true }, { IsNull: true }, { IsNull: true }]
            && (string)value! is [Live, .. var text]
                ? FloorEntry.Parse(text)
                : null;
    }

    private static RedisValue TextOf(FloorEntry entry) => Live + entry.ToString() + Rest;

    private static RedisKey MarksOf(string grant) => "marks:" + grant;

    private static RedisKey KeyOf(string reference)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.ASCII.GetBytes(reference), hash);
        return "token:" + Base64Url.EncodeToString(hash);
    }
}
