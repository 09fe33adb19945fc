using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace Taskmaster.AuthServer.Protocol;

/// <summary>
/// AuthServer's keys in Redis, beside those of the token store. None can be used by whoever lists them: an assertion is hashed,
/// and no code can be told from its id.
/// <code>
/// key                                type    content                                       lifetime
/// taskmaster:assertion:{hash}        string  "": this client assertion was used            what the assertion had left, and 10 minutes
/// taskmaster:device-pace:{code id}   string  polling interval and next allowed time, ms    the device code's, set anew by each poll
/// taskmaster:verify:{user id}        string  codes typed in this window                    10 minutes from the first of them
/// taskmaster:client-changed          channel client id that every replica's cache forgets  none: a message, not a key
/// </code>
/// </summary>
internal static class RedisKeys
{
    public static readonly RedisChannel ClientChanged = RedisChannel.Literal("taskmaster:client-changed");

    /// <param name="assertion">Client and <c>jti</c>, which name an assertion.</param>
    public static RedisKey Assertion(string assertion) =>
        $"taskmaster:assertion:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(assertion)))}";

    /// <param name="codeId">The id of the code's entry, from which the code cannot be told.</param>
    public static RedisKey DevicePace(string codeId) => $"taskmaster:device-pace:{codeId}";

    public static RedisKey VerificationAttempts(Guid userId) => $"taskmaster:verify:{userId:N}";
}
