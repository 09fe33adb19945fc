using StackExchange.Redis;

namespace Taskmaster.TokenStore.Redis;

/// <summary>
/// Redis did not answer in time, or refused (loading, read-only, full, failing over). Nothing is known about the token:
/// the host answers 503, never <c>invalid_grant</c> or <c>invalid_token</c>. A host that knows Redis's exceptions knows this one.
/// </summary>
public sealed class TokenStoreUnavailableException : RedisException
{
    public TokenStoreUnavailableException() : base("Redis did not answer.")
    {
    }

    public TokenStoreUnavailableException(string message) : base(message)
    {
    }

    public TokenStoreUnavailableException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
