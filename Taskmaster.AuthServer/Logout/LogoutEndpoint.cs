using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Extensions;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.AuthServer.Sessions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.Logout;

/// <summary>
/// RP-initiated logout (OpenID Connect RP-Initiated Logout 1.0 §2). A client that shows the user's own id_token signs
/// them out; anybody else's link only leads to the page that asks, or every web site could sign everybody out.
/// </summary>
internal static class LogoutEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods(OAuthEndpoints.Logout, [HttpMethods.Get, HttpMethods.Post], HandleAsync);

    private static async Task<IResult> HandleAsync(HttpContext http, UserSessions sessions, CancellationToken cancellationToken)
    {
        var session = await sessions.CurrentAsync(http, cancellationToken);
        if (session is null && HttpMethods.IsPost(http.Request.Method))
        {
            return CrossSiteRequests.ComeBack(http, RequestUrl(http));
        }

        // An embedded request comes without the session cookie, so whether the user is signed in is unknown.
        if (session is null && CrossSiteRequests.IsEmbedded(http.Request))
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        var hint = (await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal;

        if (session is not null && hint?.GetClaim(Claims.Subject) != session.User.Id.ToString("D"))
        {
            return Results.Redirect("/sign-out" + new QueryBuilder { { "returnUrl", RequestUrl(http) } });
        }

        await sessions.EndAsync(http, cancellationToken);
        return Results.SignOut(
            new AuthenticationProperties { RedirectUri = "/" },
            [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
    }

    private static string RequestUrl(HttpContext http)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in http.GetOpenIddictServerRequest()!.GetParameters())
        {
            if ((string?)value is { } text)
            {
                query.Add(name, text);
            }
        }

        return OAuthEndpoints.Logout + query;
    }
}
