using System.Net;

namespace Taskmaster.AuthServer.Clients;

/// <summary>Which redirect URIs a client may register, and the one exception to comparing them byte for byte.</summary>
internal static class RedirectUriRules
{
    // Schemes a browser runs, shows or saves instead of handing over to an application.
    private static readonly string[] _forbiddenSchemes = ["javascript", "data", "vbscript", "file", "about", "blob", "ftp", "ws", "wss", "mailto", "view-source", "filesystem"];

    /// <summary>What is wrong with <paramref name="value"/>, or null.</summary>
    public static string? Problem(string value, bool isPublic)
    {
        if (value.Length > Client.RedirectUriMaxLength)
        {
            return $"A redirect URI must be {Client.RedirectUriMaxLength} characters or less";
        }

        if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || !value.StartsWith(uri.Scheme + ":", StringComparison.OrdinalIgnoreCase))
        {
            return $"'{value}' is not an absolute URI";
        }

        if (value.Any(character => char.IsWhiteSpace(character) || char.IsControl(character)) || value.Contains('*', StringComparison.Ordinal) || value.Contains('\\', StringComparison.Ordinal))
        {
            return $"'{value}' contains a character that is not allowed; wildcards are not supported";
        }

        // RFC 6749 §3.1.2.
        if (value.Contains('#', StringComparison.Ordinal))
        {
            return $"'{value}' must not have a fragment";
        }

        // A browser removes them, and arrives at another address than the one that is compared (RFC 3986 §5.2.4).
        if (value.Split('?')[0].Split('/').Any(IsDotSegment))
        {
            return $"'{value}' must not have the segments . and ..";
        }

        if (uri.UserInfo.Length > 0)
        {
            return $"'{value}' must not contain a user name or password";
        }

        if (uri.Scheme == Uri.UriSchemeHttps)
        {
            return null;
        }

        if (uri.Scheme == Uri.UriSchemeHttp)
        {
            return uri.IsLoopback ? null : $"'{value}' must use https; http is for localhost only";
        }

        if (_forbiddenSchemes.Contains(uri.Scheme, StringComparer.OrdinalIgnoreCase))
        {
            return $"'{value}' uses a scheme that is not allowed";
        }

        // RFC 8252 §7.1: the reverse domain name keeps two applications from claiming the same scheme.
        return isPublic && uri.Scheme.Contains('.', StringComparison.Ordinal)
            ? null
            : $"'{value}' must use https; only public clients may use a scheme of their own, such as com.example.app";
    }

    /// <summary>
    /// RFC 8252 §7.3: a native application listens on whatever port it is given, so the port of a loopback IP
    /// address is not compared. All else is, byte for byte.
    /// </summary>
    public static bool DifferOnlyInLoopbackPort(string registered, string requested) =>
        Uri.TryCreate(registered, UriKind.Absolute, out var left)
        && Uri.TryCreate(requested, UriKind.Absolute, out var right)
        && IsLoopbackAddress(left)
        && IsLoopbackAddress(right)
        && WithoutPort(left, registered) is { } expected
        && string.Equals(expected, WithoutPort(right, requested), StringComparison.Ordinal);

    private static bool IsDotSegment(string segment) =>
        segment.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase) is "." or "..";

    private static bool IsLoopbackAddress(Uri uri) =>
        uri.Scheme == Uri.UriSchemeHttp
        && uri.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6
        && IPAddress.IsLoopback(IPAddress.Parse(uri.DnsSafeHost));

    // Works on the text and not on the parsed URI, which would hide differences of case and escaping.
    private static string? WithoutPort(Uri uri, string text)
    {
        var prefix = $"http://{uri.Host}";
        if (!text.StartsWith(prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = text.AsSpan(prefix.Length);
        if (rest is [':', ..])
        {
            rest = rest[1..].TrimStart("0123456789");
        }

        return rest is [] or ['/', ..] or ['?', ..] ? $"{prefix}{rest}" : null;
    }
}
