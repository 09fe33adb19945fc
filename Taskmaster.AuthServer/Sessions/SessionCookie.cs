using Microsoft.AspNetCore.Authentication.Cookies;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.AuthServer.Sessions;

/// <summary>The cookie that keeps a user signed in to AuthServer. Web, on the same origin, has its own.</summary>
internal static class SessionCookie
{
    public const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    /// <summary>How long the cookie is valid after its last use.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    public static void AddSessionCookie(this IServiceCollection services, PublicOrigin origin)
    {
        services.AddAuthentication(Scheme).AddCookie(Scheme, options =>
        {
            options.Cookie = CookieBuilder(origin, "taskmaster.auth");
            options.ExpireTimeSpan = Lifetime;
            options.SlidingExpiration = true;
            options.LoginPath = "/sign-in";
            options.ReturnUrlParameter = "returnUrl";
        });

        services.AddAntiforgery(options => options.Cookie = CookieBuilder(origin, "taskmaster.auth.antiforgery"));
    }

    // Over https the __Host- prefix keeps a sibling domain or a plain http answer from setting the cookie (RFC 6265bis §4.1.3.2).
    private static CookieBuilder CookieBuilder(PublicOrigin origin, string name) => new()
    {
        Name = origin.IsHttps ? "__Host-" + name : name,
        Path = "/",
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Lax,
        SecurePolicy = origin.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.None,
    };
}
