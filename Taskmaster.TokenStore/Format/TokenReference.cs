using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Taskmaster.TokenStore.Format;

/// <summary>
/// The opaque string a client holds: 43 characters, 208 random bits and the 48 bits of the token's route. RFC 6749
/// §10.10 asks for 128 bits that cannot be guessed and recommends 160.
/// </summary>
/// <remarks>
/// The route is masked with random bits of the same reference. That hides nothing from anyone who has the whole of it; it
/// only keeps two tokens of one user from looking alike.
/// </remarks>
internal static class TokenReference
{
    public const int Length = 43;

    private const int Size = 32;

    public static string Create(TokenRoute route, out TokenLocation location)
    {
        Span<byte> bytes = stackalloc byte[Size];
        RandomNumberGenerator.Fill(bytes[TokenRoute.Size..]);
        return Create(route, bytes, out location);
    }

    /// <summary>
    /// The reference of a token without a grant: its tag is random as well. <paramref name="route"/> has the other buckets.
    /// </summary>
    public static string CreateUngranted(TokenRoute route, out TokenLocation location)
    {
        Span<byte> bytes = stackalloc byte[Size];
        RandomNumberGenerator.Fill(bytes);
        return Create(route with { Grant = TokenRoute.Read(bytes).Grant }, bytes, out location);
    }

    /// <summary>
    /// Finds the key of a reference. The name is a hash over the whole of it: a holder who changes the route, to have
    /// other marks read than those that decide about the token, names another key.
    /// </summary>
    public static TokenLocation Locate(string reference)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(reference, hash);

        Span<byte> bytes = stackalloc byte[Size];
        if (reference.Length == Length && Base64UrlText.TryDecode(reference, bytes, out var written) && written == Size)
        {
            Mask(bytes);
            return TokenLocation.From(TokenRoute.Read(bytes), hash);
        }

        // A reference that is not ours to shape, such as a user code, carries no route; the reader then fetches the
        // marks in a second round trip.
        return TokenLocation.From(new(BinaryPrimitives.ReadUInt16BigEndian(hash[^2..]), 0, 0), hash);
    }

    private static string Create(TokenRoute route, Span<byte> bytes, out TokenLocation location)
    {
        route.Write(bytes);
        Mask(bytes);

        var reference = Base64Url.EncodeToString(bytes);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(reference, hash);
        location = TokenLocation.From(route, hash);
        return reference;
    }

    private static void Hash(string reference, Span<byte> hash) => SHA256.HashData(Encoding.UTF8.GetBytes(reference), hash);

    private static void Mask(Span<byte> bytes)
    {
        for (var i = 0; i < TokenRoute.Size; i++)
        {
            bytes[i] ^= bytes[TokenRoute.Size + i];
        }
    }
}
