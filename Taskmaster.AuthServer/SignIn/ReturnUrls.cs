namespace Taskmaster.AuthServer.SignIn;

/// <summary>Where to go after a page is done: only ever a path of this origin (no open redirect).</summary>
internal static class ReturnUrls
{
    public const string Default = "/projects";

    /// <summary>Web's page for somebody new.</summary>
    public const string Welcome = "/welcome";

    /// <returns>With what a URI cannot have percent-encoded: a header has no other characters either (RFC 9110 §10.2.2).</returns>
    public static string LocalOr(string? returnUrl, string fallback) => IsLocal(returnUrl)
        ? string.Concat(returnUrl!.EnumerateRunes().Select(rune =>
            rune.Value is > ' ' and <= '~' ? rune.ToString() : Uri.EscapeDataString(rune.ToString())))
        : fallback;

    // "//host" and "/\host" are other hosts to a browser, and control characters hide either.
    private static bool IsLocal(string? url) =>
        url is ['/', ..] && url is not ['/', '/' or '\\', ..] && !url.Any(char.IsControl);
}
