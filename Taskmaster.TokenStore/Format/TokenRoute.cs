using System.Buffers.Binary;

namespace Taskmaster.TokenStore.Format;

/// <summary>
/// The three buckets of revocation marks that decide about a token. It travels in the token's reference and id, so that
/// the marks can be read in the same round trip as the token; the grant's bucket is also the hash tag of Redis Cluster.
/// </summary>
internal readonly record struct TokenRoute(ushort Grant, ushort Subject, ushort Client)
{
    public const int Size = 6;

    /// <summary>The route of a token; one without a grant takes the given tag.</summary>
    public static TokenRoute Of(RedisToken token, ushort tag) => new(
        token.AuthorizationId is { } grant ? MarkedParty.Grant(grant).Bucket : tag,
        token.Subject is { } subject ? MarkedParty.Subject(subject).Bucket : (ushort)0,
        token.ApplicationId is { } client ? MarkedParty.Client(client).Bucket : (ushort)0);

    public static TokenRoute Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt16BigEndian(bytes),
        BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
        BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]));

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt16BigEndian(bytes, Grant);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], Subject);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[4..], Client);
    }
}
