using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.Web.Hosting;

namespace Taskmaster.Web.SignIn;

/// <summary>
/// A cookie that a browser gets when somebody has signed in with it: a random id, protected by Data Protection. It outlives
/// the session, whether that was signed out, has expired, or was lost with Redis, and nobody can make one up. Its id admits to
/// nothing by itself.
/// </summary>
internal sealed class BrowserCookie
{
    private readonly IDataProtector _protector;
    private readonly CookieBuilder _cookie;

    public BrowserCookie(IDataProtectionProvider dataProtection, PublicOrigin origin)
    {
        _protector = dataProtection.CreateProtector("Taskmaster.Web.Browser");
        _cookie = new() { Name = WebCookies.Name(origin, "browser"), Path = "/" };
        WebCookies.Protect(_cookie, origin);
    }

    /// <summary>Null when nobody has signed in with the browser since it was opened, or the cookie is not one of ours.</summary>
    public string? IdOf(HttpRequest request)
    {
        if (request.Cookies[_cookie.Name!] is not { Length: > 0 } value)
        {
            return null;
        }

        try
        {
            return _protector.Unprotect(value);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>A browser that has an id keeps it: what was kept for that id before this sign-in is asked for after it.</summary>
    public void Give(HttpContext context)
    {
        if (IdOf(context.Request) is null)
        {
            var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
            context.Response.Cookies.Append(_cookie.Name!, _protector.Protect(id), _cookie.Build(context));
        }
    }
}
