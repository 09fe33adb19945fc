using System.Net;
using System.Text;

namespace Taskmaster.AuthServer.Protocol;

/// <summary>
/// The client's credentials of an <c>Authorization: Basic</c> header (RFC 6749 §2.3.1): id and secret, each form-urlencoded,
/// joined by the first colon (RFC 7617 §2). Nothing of it is verified.
/// </summary>
/// <param name="Id">Decoded, never empty.</param>
/// <param name="Secret">Decoded; null when it was not asked for.</param>
/// <param name="IsPlain">Whether both are printable ASCII that means the same before decoding, as our own ids and secrets do.</param>
internal readonly record struct BasicCredentials(string Id, string? Secret, bool IsPlain)
{
    private const string Prefix = "Basic ";
    private const int MaxLength = 1024;

    /// <summary>Null for another scheme, and for what is no base64 of credentials or longer than any of ours.</summary>
    /// <param name="authorization">The header's value.</param>
    /// <param name="withSecret">Without it the secret is not made a string: most requests are only counted.</param>
    public static BasicCredentials? Read(string authorization, bool withSecret = true)
    {
        Span<byte> bytes = stackalloc byte[MaxLength];
        if (!authorization.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            || !Convert.TryFromBase64Chars(authorization.AsSpan(Prefix.Length), bytes, out var length)
            || bytes[..length].IndexOf((byte)':') is not (> 0 and var colon))
        {
            return null;
        }

        var credentials = bytes[..length];
        return new(
            Decode(credentials[..colon]),
            withSecret ? Decode(credentials[(colon + 1)..]) : null,
            IsPlain: !credentials.ContainsAnyExceptInRange((byte)' ', (byte)'~') && !IsEncoded(credentials));
    }

    private static string Decode(ReadOnlySpan<byte> part)
    {
        var text = Encoding.UTF8.GetString(part);
        return IsEncoded(part) ? WebUtility.UrlDecode(text) : text;
    }

    private static bool IsEncoded(ReadOnlySpan<byte> part) => part.ContainsAny((byte)'%', (byte)'+');
}
