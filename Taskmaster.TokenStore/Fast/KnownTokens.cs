using Taskmaster.TokenStore.Format;

namespace Taskmaster.TokenStore.Fast;

/// <summary>
/// What the access tokens that were read last say: parsed and decrypted once in ten seconds, because who calls an API
/// calls it again with the same token. Redis is read every time; what is known counts only while the value there is the
/// same to the byte, and marks and expiry are judged anew. A revoked key of Data Protection is good for ten seconds more.
/// </summary>
internal sealed class KnownTokens(TimeProvider time)
{
    private const int Places = 1024;

    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);

    private readonly Known?[] _places = new Known?[Places];

    /// <summary>A copy of the token, with the claims that all copies share; null if this value of it is not known.</summary>
    public RedisToken? Find(TokenLocation location, ReadOnlySpan<byte> value) =>
        Volatile.Read(ref Place(location)) is { } known
        && known.Token.Location == location
        && time.GetElapsedTime(known.At) < Kept
        && value.SequenceEqual(known.Value)
            ? known.Token.Copy()
            : null;

    /// <summary>Takes the place of whichever token had it before.</summary>
    public void Keep(RedisToken token, ReadOnlySpan<byte> value) =>
        Volatile.Write(ref Place(token.Location), new Known(token.Copy(), value.ToArray(), time.GetTimestamp()));

    private ref Known? Place(TokenLocation location) =>
        ref _places[(uint)string.GetHashCode(location.Name, StringComparison.Ordinal) % Places];

    private sealed record Known(RedisToken Token, byte[] Value, long At);
}
