using System.Buffers;
using System.Text;
using Taskmaster.ServiceDefaults;

namespace Taskmaster.AuthServer.RateLimits;

/// <summary>
/// Which client a request says it comes from, and from where. Nothing is verified here: the request is counted before
/// anything is done for it.
/// </summary>
internal static class CallingClient
{
    private const string BasicPrefix = "Basic ";
    private const int MaximumLength = 100;

    // One spelling for each client_id: percent-encoded otherwise, it would have as many counters as spellings.
    private static readonly SearchValues<char> _plain = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-._~");

    public static async ValueTask<string> OfAsync(HttpContext context)
    {
        var request = context.Request;
        var client = request.Headers.Authorization is [{ } authorization]
            ? FromBasic(authorization)
            : request.HasFormContentType
                // Read once: whoever looks at the form later gets the same one.
                ? (await request.ReadFormAsync(context.RequestAborted))["client_id"].ToString()
                : null;

        var address = CallerAddress.Of(context);
        return client is { Length: > 0 and <= MaximumLength } && !client.AsSpan().ContainsAnyExcept(_plain) ? $"{client} {address}" : address;
    }

    /// <summary>RFC 7617 §2: what comes before the first colon. The secret is not made a string.</summary>
    private static string? FromBasic(string authorization)
    {
        if (!authorization.StartsWith(BasicPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        // client_ids are short, so the beginning is enough; four characters carry three bytes.
        var encoded = authorization.AsSpan(BasicPrefix.Length).Trim();
        encoded = encoded[..Math.Min(encoded.Length, (MaximumLength + 2) / 3 * 4)];

        Span<byte> credentials = stackalloc byte[MaximumLength + 3];
        return Convert.TryFromBase64Chars(encoded, credentials, out var length) && credentials[..length].IndexOf((byte)':') is >= 0 and var colon
            ? Encoding.Latin1.GetString(credentials[..colon])
            : null;
    }
}
