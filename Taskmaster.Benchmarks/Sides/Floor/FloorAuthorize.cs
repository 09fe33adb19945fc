using Microsoft.AspNetCore.Http.Extensions;

namespace Taskmaster.Benchmarks.Sides.Floor;

/// <summary>
/// The authorization endpoint by hand: the cookie, the one statement, the code. Who has no cookie is given one, because no
/// password is measured.
/// </summary>
internal sealed class FloorAuthorize(FloorStore store, FloorCookie cookie, FloorSessions sessions)
{
    public async Task AnswerAsync(HttpContext http)
    {
        if (cookie.Read(http) is not var (session, stamp))
        {
            cookie.Write(http, FloorSessions.Session, FloorSessions.Stamp);
            http.Response.Redirect(http.Request.GetEncodedPathAndQuery());
            return;
        }

        var query = http.Request.Query;
        var scope = query["scope"].ToString();
        if (query["client_id"] != ClientAccount.Fixed.ClientId
            || query["redirect_uri"] != ClientAccount.Fixed.RedirectUri
            || query["response_type"] != "code"
            || query["code_challenge_method"] != "S256"
            || await sessions.FindAsync(session, stamp) is not { } user
            || !scope.Split(' ').All(user.Scopes.Contains))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var (code, grant) = (FloorStore.NewReference(), Guid.CreateVersion7().ToString("N"));
        await store.IssueAsync(
            grant, code, new FloorEntry(user.Id.ToString(), grant, scope, query["nonce"].ToString(), query["code_challenge"].ToString()));
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Redirect($"{ClientAccount.Fixed.RedirectUri}?code={code}&state={query["state"]}");
    }
}
