using System.Buffers.Text;

namespace Taskmaster.TokenStore.Format;

/// <summary>
/// Where a token lies: its route and its name, 160 bits of the reference's SHA-256 in base64url. Written out, it is the
/// token's id.
/// </summary>
internal readonly record struct TokenLocation(TokenRoute Route, string Name)
{
    public const int NameSize = 20;

    private const int IdLength = 35;

    public static TokenLocation From(TokenRoute route, ReadOnlySpan<byte> hash) =>
        new(route, Base64Url.EncodeToString(hash[..NameSize]));

    public static bool TryParse(string id, out TokenLocation location)
    {
        Span<byte> bytes = stackalloc byte[TokenRoute.Size + NameSize];
        if (id.Length != IdLength || !Base64UrlText.TryDecode(id, bytes, out var written) || written != bytes.Length)
        {
            location = default;
            return false;
        }

        location = From(TokenRoute.Read(bytes), bytes[TokenRoute.Size..]);
        return true;
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[TokenRoute.Size + NameSize];
        Route.Write(bytes);
        Base64Url.DecodeFromChars(Name, bytes[TokenRoute.Size..]);
        return Base64Url.EncodeToString(bytes);
    }
}
