using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Audit;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Data;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.AuthServer.Users;
using Taskmaster.ServiceDefaults.Hosting;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.Sessions;

/// <summary>Begins, reads and ends the session behind the request's cookie.</summary>
internal sealed class UserSessions(
    AuthDbContext database, IValidSessions validSessions, SessionRecords records, AuditTrail audit, AuthServerMetrics metrics,
    TimeProvider clock)
{
    private const string SessionId = "sid";
    private const string Stamp = "stamp";

    /// <summary>A new session and cookie, whatever cookie the browser had before: no session fixation.</summary>
    public async Task BeginAsync(HttpContext http, User user, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        var session = SignedInSession.Begin(
            user.Id, BrowserName.From(http.Request.Headers.UserAgent.ToString()), CallerAddress.Of(http), now);
        if (await IdOfAsync(http) is { } former)
        {
            await records.EndAsync(row => row.Id == former, cancellationToken);
        }

        // Removes the user's sessions whose cookies have expired.
        await database.Sessions.Where(row => row.UserId == user.Id && row.LastUsedAt < now - SessionCookie.Lifetime)
            .ExecuteDeleteAsync(cancellationToken);
        database.Sessions.Add(session);
        audit.Add(AuditEventType.SignedIn, user.Id);
        await database.SaveChangesAsync(cancellationToken);
        metrics.SignedIn();

        var identity = new ClaimsIdentity(
            [
                new Claim(Claims.Subject, user.Id.ToString("D")),
                new Claim(Claims.Name, user.Name),
                new Claim(Claims.AuthenticationTime, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
                new Claim(SessionId, session.Id.ToString("D")),
                new Claim(Stamp, user.SecurityStamp!),
            ],
            SessionCookie.Scheme,
            Claims.Name,
            Claims.Role);
        var principal = new ClaimsPrincipal(identity);

        // The page that answers this request already speaks to the new user; its antiforgery token must, too.
        http.User = principal;
        await http.SignInAsync(SessionCookie.Scheme, principal, new AuthenticationProperties { IsPersistent = true });
    }

    /// <summary>
    /// Who is signed in, as the database knows them now; null when nobody is, the session was ended, or the account is
    /// disabled, gone or has another password.
    /// </summary>
    public Task<UserSession?> CurrentAsync(HttpContext http, CancellationToken cancellationToken) =>
        CurrentAsync(http, client: null, cancellationToken);

    /// <summary>The current session, with the scopes the user has consented to for <paramref name="client"/>.</summary>
    public async Task<UserSession?> CurrentAsync(HttpContext http, Client? client, CancellationToken cancellationToken)
    {
        var result = await http.AuthenticateAsync(SessionCookie.Scheme);
        if (await IdOfAsync(http) is not { } id
            || !long.TryParse(
                result.Principal?.FindFirstValue(Claims.AuthenticationTime), CultureInfo.InvariantCulture, out var signedInAt)
            || result.Principal.FindFirstValue(Stamp) is not { } stamp
            || await validSessions.FindAsync(id, stamp, client?.Id, cancellationToken) is not { } found)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        if (now - found.LastUsedAt > SignedInSession.Precision)
        {
            await database.Sessions.Where(session => session.Id == id)
                .ExecuteUpdateAsync(update => update.SetProperty(session => session.LastUsedAt, now), cancellationToken);
        }

        // A client whose document says something else by now is not the one that the user let in.
        return new UserSession(
            found.User,
            DateTimeOffset.FromUnixTimeSeconds(signedInAt),
            id,
            client is null || client.DocumentHash == found.DocumentHash ? found.Consented : []);
    }

    /// <summary>
    /// Ends the session, what Taskmaster's own client got in it, and the cookie. A request without a cookie ends nothing: the
    /// browser may have one that it did not send, because another site made the request.
    /// </summary>
    public async Task EndAsync(HttpContext http, CancellationToken cancellationToken = default)
    {
        if ((await http.AuthenticateAsync(SessionCookie.Scheme)).None)
        {
            return;
        }

        if (await IdOfAsync(http) is { } id)
        {
            await records.EndAsync(session => session.Id == id, cancellationToken, AuditEventType.SignedOut);
        }

        await http.SignOutAsync(SessionCookie.Scheme);
    }

    /// <summary>The session the cookie names, whether or not it still exists.</summary>
    public static async Task<Guid?> IdOfAsync(HttpContext http) =>
        Guid.TryParse((await http.AuthenticateAsync(SessionCookie.Scheme)).Principal?.FindFirstValue(SessionId), out var id) ? id : null;
}
