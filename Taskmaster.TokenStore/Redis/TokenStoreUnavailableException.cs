namespace Taskmaster.TokenStore.Redis;

/// <summary>
/// Redis did not answer in time, or refused (loading, read-only, full, failing over). Nothing is known about the token:
/// the host answers 503, never <c>invalid_grant</c> or <c>invalid_token</c>.
/// </summary>
public sealed class TokenStoreUnavailableException : Exception
{
    public TokenStoreUnavailableException()
    {
    }

    public TokenStoreUnavailableException(string message) : base(message)
    {
    }

    public TokenStoreUnavailableException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
