namespace Taskmaster.AuthServer.SignIn;

/// <summary>Where to go after a page is done: only ever a path of this origin (no open redirect).</summary>
internal static class ReturnUrls
{
    public const string Default = "/projects";

    /// <summary>Web's page for somebody new.</summary>
    public const string Welcome = "/welcome";

    public static string LocalOr(string? returnUrl, string fallback) => IsLocal(returnUrl) ? returnUrl! : fallback;

    // "//host" and "/\host" are other hosts to a browser, and control characters hide either.
    private static bool IsLocal(string? url) =>
        url is ['/', ..] && url is not ['/', '/' or '\\', ..] && !url.Any(char.IsControl);
}
