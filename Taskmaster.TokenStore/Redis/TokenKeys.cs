using Microsoft.Extensions.Options;
using StackExchange.Redis;
using Taskmaster.TokenStore.Format;

namespace Taskmaster.TokenStore.Redis;

/// <summary>Every key the library uses.</summary>
/// <remarks>
/// <code>
/// key            type    content                                      lifetime                       written by
/// t:{tag}:name   string  one code or token, see TokenValue            the token's lifetime + margin  SET, issue, redeem, rotate;
///                                                                                                    changed by update, close, attempt
/// g:{tag}        string  marks of ended grants, see RevocationMarks   the longest lifetime + margin  mark, redeem, rotate
/// s:bucket       string  marks of subjects, and subjects' clients     the longest lifetime + margin  mark
/// c:bucket       string  marks of clients                             the longest lifetime + margin  mark
/// u:name         string  "": used once, see OneTimeUse                as long as its user says       SET NX
/// </code>
/// All behind <see cref="RedisTokenStoreOptions.KeyPrefix"/>. A tag or bucket is four hexadecimal digits; name is 160
/// bits of the SHA-256 of the reference. A token and the marks of its grant share the hash tag, so the scripts that
/// decide about both run on one node of a cluster; the marks of subjects and clients are only ever read beside it.
/// </remarks>
internal sealed class TokenKeys(IOptions<RedisTokenStoreOptions> options)
{
    private readonly string _prefix = options.Value.KeyPrefix;

    public RedisKey Token(TokenLocation location) => $"{_prefix}t:{{{location.Route.Grant:x4}}}:{location.Name}";

    public RedisKey Grants(ushort tag) => $"{_prefix}g:{{{tag:x4}}}";

    public RedisKey Subjects(ushort bucket) => $"{_prefix}s:{bucket:x4}";

    public RedisKey Clients(ushort bucket) => $"{_prefix}c:{bucket:x4}";

    public RedisKey Use(string name) => $"{_prefix}u:{name}";
}
