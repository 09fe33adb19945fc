namespace Taskmaster.AuthServer.Protocol;

/// <summary>
/// The session cookie is <c>SameSite=Lax</c>: of what other sites make a browser send, it comes along only where the user is
/// taken here by GET (RFC 6265bis §5.8.3). A request without it does not say that nobody is signed in.
/// </summary>
internal static class CrossSiteRequests
{
    /// <summary>
    /// What a form of a client posts (OpenID Connect Core §3.1.2.1, RP-Initiated Logout §2), as a GET, with which the cookie comes.
    /// 303, because 307 would post again (RFC 9110 §15.4.4).
    /// </summary>
    public static IResult ComeBack(HttpContext http, string url)
    {
        http.Response.Headers.Location = url;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>
    /// Whether the browser says that an element or a script of a page sent the request (Fetch Metadata §2.1), so that no page can
    /// be shown to the user.
    /// </summary>
    public static bool IsEmbedded(HttpRequest request) =>
        request.Headers["Sec-Fetch-Dest"] is [{ Length: > 0 } destination] && destination is not "document";
}
