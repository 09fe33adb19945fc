using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.Benchmarks.Sides.Stock;

/// <summary>What OpenIddict's samples have an application write: a session, an authorize and a token endpoint.</summary>
internal static class StockEndpoints
{
    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/oauth2/authorize", (Delegate)AuthorizeAsync);
        routes.MapPost("/oauth2/token", (Delegate)TokenAsync);
    }

    private static async Task<IResult> AuthorizeAsync(HttpContext http)
    {
        var session = await http.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        if (!session.Succeeded)
        {
            // Nobody types a password here: the measured requests all have the session's cookie.
            var user = new ClaimsIdentity([new(Claims.Subject, TaskTable.Owner)], CookieAuthenticationDefaults.AuthenticationScheme);
            await http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(user));
            return Results.Redirect(http.Request.PathBase + http.Request.Path + http.Request.QueryString);
        }

        var request = http.GetOpenIddictServerRequest()!;
        return Results.SignIn(PrincipalOf(session.Principal.FindFirstValue(Claims.Subject)!, request), authenticationScheme: Scheme);
    }

    private static async Task<IResult> TokenAsync(HttpContext http)
    {
        var request = http.GetOpenIddictServerRequest()!;
        if (request.IsClientCredentialsGrantType())
        {
            return Results.SignIn(PrincipalOf(request.ClientId!, request), authenticationScheme: Scheme);
        }

        var result = await http.AuthenticateAsync(Scheme);
        return Results.SignIn(result.Principal!, authenticationScheme: Scheme);
    }

    private static ClaimsPrincipal PrincipalOf(string subject, OpenIddictRequest request)
    {
        var identity = new ClaimsIdentity(Scheme, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, subject)
            .SetClaim(Claims.Name, "Alice")
            .SetClaim(Claims.Email, "alice@example.com")
            .SetScopes(request.GetScopes())
            .SetDestinations(claim => claim.Type is Claims.Name or Claims.Email
                ? [Destinations.AccessToken, Destinations.IdentityToken]
                : [Destinations.AccessToken]);
        return new ClaimsPrincipal(identity);
    }
}
