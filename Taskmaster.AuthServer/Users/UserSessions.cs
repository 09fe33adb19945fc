using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Data;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.Users;

/// <summary>Begins, reads and ends the session behind the cookie.</summary>
internal sealed class UserSessions(AuthDbContext database, TimeProvider clock)
{
    private const string SessionId = "sid";
    private const string Stamp = "stamp";

    /// <summary>A new cookie with a new id, whatever cookie the browser had before: no session fixation.</summary>
    public Task BeginAsync(HttpContext http, User user)
    {
        var now = clock.GetUtcNow();
        var identity = new ClaimsIdentity(
            [
                new Claim(Claims.Subject, user.Id.ToString("D")),
                new Claim(Claims.Name, user.Name),
                new Claim(Claims.AuthenticationTime, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
                new Claim(SessionId, RandomNumberGenerator.GetHexString(32)),
                new Claim(Stamp, user.SecurityStamp!),
            ],
            SessionCookie.Scheme,
            Claims.Name,
            Claims.Role);

        var principal = new ClaimsPrincipal(identity);

        // The page that answers this request already speaks to the new user; its antiforgery token must, too.
        http.User = principal;
        return http.SignInAsync(SessionCookie.Scheme, principal, new AuthenticationProperties { IsPersistent = true });
    }

    /// <summary>Who is signed in, as the database knows them now; null when nobody is, or the account has gone or changed its password.</summary>
    public async Task<UserSession?> CurrentAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var result = await http.AuthenticateAsync(SessionCookie.Scheme);
        if (!Guid.TryParse(result.Principal?.FindFirstValue(Claims.Subject), out var userId)
            || !long.TryParse(result.Principal.FindFirstValue(Claims.AuthenticationTime), CultureInfo.InvariantCulture, out var signedInAt))
        {
            return null;
        }

        var stamp = result.Principal.FindFirstValue(Stamp);
        var user = await database.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == userId && row.SecurityStamp == stamp, cancellationToken);
        return user is null ? null : new UserSession(user, DateTimeOffset.FromUnixTimeSeconds(signedInAt));
    }

    public static Task EndAsync(HttpContext http) => http.SignOutAsync(SessionCookie.Scheme);
}
