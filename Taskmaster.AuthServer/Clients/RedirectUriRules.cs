using System.Buffers;
using System.Net;

namespace Taskmaster.AuthServer.Clients;

/// <summary>Which redirect URIs a client may register, and the one exception to comparing them byte for byte.</summary>
internal static class RedirectUriRules
{
    // Schemes a browser runs, shows or saves instead of handing over to an application, and those of other protocols.
    private static readonly string[] ForbiddenSchemes =
    [
        "http", "https", "javascript", "data", "vbscript", "file", "about", "blob", "ftp", "ws", "wss", "mailto", "tel", "sms", "intent",
        "view-source", "filesystem", "ms-msdt", "search-ms",
    ];

    // RFC 3986 §2.2, §2.3, and what begins an escape. The star is one of them, but reads as a wildcard, which there is none of.
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()+,;=%");

    /// <summary>Whether no application can have the scheme for itself, whatever the settings say.</summary>
    public static bool IsForbidden(string scheme) => ForbiddenSchemes.Contains(scheme, StringComparer.OrdinalIgnoreCase);

    /// <summary>What is wrong with <paramref name="value"/>, or null.</summary>
    public static string? Problem(string value, bool isPublic, PrivateUseSchemes schemes) =>
        ProblemWithText(value) ?? ProblemWithScheme(value, new Uri(value), isPublic, schemes);

    /// <summary>
    /// It must be a URI by the letter of RFC 3986: what browsers and libraries mend on the way arrives as another than the
    /// one that is compared.
    /// </summary>
    private static string? ProblemWithText(string value)
    {
        if (value.Length > Client.RedirectUriMaxLength)
        {
            return $"A redirect URI must be {Client.RedirectUriMaxLength} characters or less";
        }

        if (value.AsSpan().IndexOfAnyExcept(Allowed) is >= 0 and var index)
        {
            return $"'{value}' must not contain {Shown(value, index)}";
        }

        if (HasBrokenEscape(value))
        {
            return $"'{value}' has a % that two hexadecimal digits do not follow";
        }

        if (!Uri.TryCreate(value, UriKind.Absolute, out var uri)
            || !value.StartsWith(uri.Scheme + ":", StringComparison.OrdinalIgnoreCase))
        {
            return $"'{value}' is not an absolute URI";
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

        // RFC 3986 §3.2.2: brackets are for an IPv6 address, and for nothing else in a URI.
        return value.AsSpan().ContainsAny('[', ']')
            && (uri.HostNameType is not UriHostNameType.IPv6 || value.Count(character => character is '[' or ']') != 2)
            ? $"'{value}' must not contain [ or ] but around an IPv6 address"
            : null;
    }

    private static string? ProblemWithScheme(string value, Uri uri, bool isPublic, PrivateUseSchemes schemes)
    {
        if (uri.Scheme == Uri.UriSchemeHttps)
        {
            return null;
        }

        if (uri.Scheme == Uri.UriSchemeHttp)
        {
            return IsOwnMachine(value, uri) ? null : $"'{value}' must use https; http is for localhost, 127.0.0.1 and [::1] only";
        }

        if (IsForbidden(uri.Scheme))
        {
            return $"'{value}' uses a scheme that is not allowed";
        }

        // RFC 8252 §7.1: the reverse domain name keeps two applications from claiming the same scheme.
        return isPublic && (uri.Scheme.Contains('.', StringComparison.Ordinal) || schemes.Allow(uri.Scheme))
            ? null
            : $"'{value}' must use https; only public clients may use a scheme of their own, and one with a dot, such as com.example.app";
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

    // As it is written: .NET also reads 127.1, 0x7f.1 and the name loopback as the loopback address, which others look up.
    private static bool IsOwnMachine(string value, Uri uri)
    {
        var host = value.AsSpan("http://".Length);
        host = host[..(host.IndexOfAny('/', '?') is >= 0 and var end ? end : host.Length)];
        host = host is ['[', ..] ? host[..(host.IndexOf(']') + 1)] : host[..(host.IndexOf(':') is >= 0 and var port ? port : host.Length)];
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.Equals("[::1]", StringComparison.Ordinal)
            || (uri.HostNameType is UriHostNameType.IPv4 && host.Equals(uri.Host, StringComparison.Ordinal) && IsLoopbackAddress(uri));
    }

    private static bool HasBrokenEscape(string value)
    {
        for (var index = value.IndexOf('%', StringComparison.Ordinal); index >= 0; index = value.IndexOf('%', index + 1))
        {
            if (index + 2 >= value.Length || !char.IsAsciiHexDigit(value[index + 1]) || !char.IsAsciiHexDigit(value[index + 2]))
            {
                return true;
            }
        }

        return false;
    }

    private static string Shown(string value, int index) => value[index] switch
    {
        '*' => "a star: wildcards are not supported",
        var character when char.IsControl(character) => "control characters",
        var character when char.IsWhiteSpace(character) => "a space",
        var character when char.IsAscii(character) => $"the character {character}",
        _ => "characters beyond ASCII: write them as a browser sends them, such as %C3%B6, and a host in its xn-- form",
    };

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
