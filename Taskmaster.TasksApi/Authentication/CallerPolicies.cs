using Microsoft.AspNetCore.Authorization;

namespace Taskmaster.TasksApi.Authentication;

/// <summary>
/// Who may call a route. The policies name no scheme: naming one would authenticate again and lose why a token was refused.
/// </summary>
internal static class CallerPolicies
{
    private static readonly AuthorizationPolicy Authenticated =
        new AuthorizationPolicyBuilder()
            .RequireAssertion(context => Caller.From(context.User) is not null)
            .Build();

    private static readonly AuthorizationPolicy Admin =
        new AuthorizationPolicyBuilder()
            .AddRequirements(new AdminRole())
            .Build();

    public static RouteGroupBuilder RequireCaller(this RouteGroupBuilder group) => group.RequireAuthorization(Authenticated);

    public static RouteHandlerBuilder RequireAdmin(this RouteHandlerBuilder route) => route.RequireAuthorization(Admin);

    public static RouteHandlerBuilder RequireScope(this RouteHandlerBuilder route, string scope) =>
        route.RequireAuthorization(new AuthorizationPolicy([new TaskScope(scope)], []));
}
