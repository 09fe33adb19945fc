using StackExchange.Redis;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.AuthServer.Device;

/// <summary>
/// Each account may type <see cref="Maximum"/> wrong codes in <see cref="Window"/>, counted in Redis for all replicas. With
/// 34 bits in a code, a thousand devices waiting and five tries, a guess succeeds once in five million accounts (RFC 8628 §5.1).
/// </summary>
internal sealed class VerificationAttempts(IConnectionMultiplexer redis)
{
    public const int Maximum = 5;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    // The window begins with the first attempt and is not prolonged by later ones.
    private const string Script = """
        local attempts = redis.call('INCR', KEYS[1])
        if attempts == 1 then
          redis.call('PEXPIRE', KEYS[1], ARGV[1])
        end
        return attempts
        """;

    // Where the window has ended meanwhile there is nothing to give back to. DECR would make a key that never expires, and
    // the next window would begin with an attempt more.
    private const string GiveBackScript = """
        local attempts = tonumber(redis.call('GET', KEYS[1]) or 0)
        if attempts > 0 then
          redis.call('SET', KEYS[1], string.format('%.0f', attempts - 1), 'XX', 'KEEPTTL')
        end
        """;

    /// <summary>
    /// Takes an attempt before its outcome is known, so that parallel ones are all counted; false when there is none left.
    /// </summary>
    public async Task<bool> TakeAsync(Guid userId) =>
        (long)await redis.SendAsync(
            "EVALSHA",
            database => database.ScriptEvaluateAsync(
                Script, [RedisKeys.VerificationAttempts(userId)], [(long)Window.TotalMilliseconds]),
            "count_attempts") <= Maximum;

    /// <summary>
    /// Uncounts an attempt with a right code. Earlier wrong attempts stay counted, or entering one's own code would reset the limit.
    /// </summary>
    public Task GiveBackAsync(Guid userId) =>
        redis.SendAsync(
            "EVALSHA",
            database => database.ScriptEvaluateAsync(GiveBackScript, [RedisKeys.VerificationAttempts(userId)]),
            "give_back_attempt");
}
