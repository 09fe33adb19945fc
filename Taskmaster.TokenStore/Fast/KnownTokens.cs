using Taskmaster.TokenStore.Format;

namespace Taskmaster.TokenStore.Fast;

/// <summary>
/// The access tokens that were read last, parsed and decrypted once in <see cref="Kept"/>: a client calls an API again and
/// again with the same token. Redis is still read every time. A token kept here is used only while its value in Redis is
/// the same to the byte, and revocation marks and expiry are checked anew. A revoked key of Data Protection therefore
/// stays usable for <see cref="Kept"/>.
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
