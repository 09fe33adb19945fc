using Taskmaster.TokenStore.Format;
using Taskmaster.TokenStore.Redis;

namespace Taskmaster.TokenStore.OpenIddict;

/// <summary>
/// Counts failed attempts to use a code, such as a wrong <c>code_verifier</c>, and revokes it at
/// <see cref="RedisTokenStoreOptions.MaximumFailedAttempts"/>. Parallel attempts are all counted.
/// </summary>
public sealed class FailedAttempts
{
    private readonly TokenWriter _writer;

    internal FailedAttempts(TokenWriter writer) => _writer = writer;

    /// <summary>
    /// Counts one failed attempt and returns how many there were; 0 when the code is not there or is of no use any
    /// more. The id is <c>GetTokenId()</c> of the code's principal.
    /// </summary>
    public async ValueTask<int> CountAsync(string tokenId, CancellationToken cancellationToken = default) =>
        TokenLocation.TryParse(tokenId, out var location)
            ? await _writer.CountFailedAttemptAsync(location, cancellationToken).ConfigureAwait(false)
            : 0;
}
