using Microsoft.AspNetCore.Authorization;
using OpenIddict.Abstractions;

namespace Taskmaster.TasksApi.Authentication;

/// <summary>
/// Who may call a route. The policies name no scheme: naming one would authenticate again and lose why a token was refused.
/// </summary>
internal static class CallerPolicies
{
    /// <summary>The role that is granted to a user; it is never derived from an e-mail address.</summary>
    public const string AdminRole = "admin";

    private static readonly AuthorizationPolicy Authenticated =
        new AuthorizationPolicyBuilder()
            .RequireAssertion(context => Caller.From(context.User) is not null)
            .RequireAuthenticatedUser()
            .Build();

    private static readonly AuthorizationPolicy Admin =
        new AuthorizationPolicyBuilder()
            .RequireClaim(OpenIddictConstants.Claims.Role, AdminRole)
            .Build();

    public static RouteGroupBuilder RequireCaller(this RouteGroupBuilder group) => group.RequireAuthorization(Authenticated);

    public static RouteHandlerBuilder RequireAdmin(this RouteHandlerBuilder route) => route.RequireAuthorization(Admin);

    public static RouteHandlerBuilder RequireScope(this RouteHandlerBuilder route, string scope) =>
        route.RequireAuthorization(new AuthorizationPolicy([new TaskScope(scope)], []));
}
