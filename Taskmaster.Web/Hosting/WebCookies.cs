using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.Web.Hosting;

/// <summary>
/// The names of Web's cookies. All begin alike, so that they are told from AuthServer's, which live on the same origin.
/// </summary>
internal static class WebCookies
{
    private const string Prefix = "taskmaster.web";
    private const string HostPrefix = "__Host-";

    /// <summary>The cookie <c>taskmaster.web</c>, or one of its family.</summary>
    public static string Name(PublicOrigin origin, string? suffix = null)
    {
        var name = suffix is null ? Prefix : $"{Prefix}.{suffix}";

        // RFC 6265bis §4.1.3.2: only this host can have set it. Browsers refuse the prefix without Secure.
        return origin.IsHttps ? HostPrefix + name : name;
    }

    /// <summary>For a cookie that is sent to one path only, which the <c>__Host-</c> prefix excludes.</summary>
    public static string NameBelowPath(string suffix) => $"{Prefix}.{suffix}";

    public static bool IsOurs(string cookie) =>
        cookie.StartsWith(Prefix, StringComparison.Ordinal) || cookie.StartsWith(HostPrefix + Prefix, StringComparison.Ordinal);

    /// <summary>What every one of them has (OWASP ASVS 5.0 §3.3).</summary>
    public static void Protect(CookieBuilder cookie, PublicOrigin origin)
    {
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.IsEssential = true;
        cookie.SecurePolicy = origin.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
    }
}
