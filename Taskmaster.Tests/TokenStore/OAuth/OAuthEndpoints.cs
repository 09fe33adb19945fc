using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.Tests.TokenStore.OAuth;

internal static class OAuthEndpoints
{
    private const string Audience = "http://api.example";

    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    public static void MapOAuth(this WebApplication app)
    {
        app.UseAuthentication();
        app.MapGet("/authorize", (Delegate)Authorize);
        app.MapPost("/token", (Delegate)Token);
    }

    public static void MapApi(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/api", (ClaimsPrincipal caller) => caller.GetClaim(Claims.Subject)).RequireAuthorization();
    }

    /// <summary>The user who signs in is named in the request; a consent page is not this test's subject.</summary>
    private static IResult Authorize(HttpContext context)
    {
        var request = context.GetOpenIddictServerRequest()!;
        var identity = new ClaimsIdentity("test", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, context.Request.Query["user"].ToString());
        identity.SetScopes(request.GetScopes());
        identity.SetResources(Audience, request.ClientId!);
        return Results.SignIn(new ClaimsPrincipal(identity), authenticationScheme: Scheme);
    }

    private static async Task<IResult> Token(HttpContext context)
    {
        var request = context.GetOpenIddictServerRequest()!;
        if (request.IsClientCredentialsGrantType())
        {
            var identity = new ClaimsIdentity("test", Claims.Name, Claims.Role);
            identity.SetClaim(Claims.Subject, request.ClientId);
            identity.SetResources(Audience, request.ClientId!);
            return Results.SignIn(new ClaimsPrincipal(identity), authenticationScheme: Scheme);
        }

        var result = await context.AuthenticateAsync(Scheme);
        return Results.SignIn(result.Principal!, authenticationScheme: Scheme);
    }
}
