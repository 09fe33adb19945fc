using System.Security.Claims;
using OpenIddict.Abstractions;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.ServiceDefaults.RateLimits;
using Taskmaster.TasksApi.Answers;

namespace Taskmaster.TasksApi.RateLimits;

/// <summary>
/// What the API limits (docs/rate-limits.md). It comes after the token's check, whose one read it cannot spare: only
/// the token says whose request it is.
/// </summary>
internal static class TasksApiRateLimits
{
    public const string Api = "api";
    public const string Anonymous = "anonymous";

    private static readonly RateLimitRule CallerRule = new(Api, context => new(CallerOf(context.User)));
    private static readonly RateLimitRule AnonymousRule = new(Anonymous, context => new(CallerAddress.Of(context)));

    public static void AddRateLimits(this WebApplicationBuilder builder)
    {
        builder.AddCallerAddress();
        builder.AddRateLimit(Api, 6_000, TimeSpan.FromMinutes(1));
        builder.AddRateLimit(Anonymous, 600, TimeSpan.FromMinutes(1));
    }

    public static void UseRateLimits(this IApplicationBuilder app) => app.UseRateLimits(
        static context => !context.Request.Path.StartsWithSegments(PublicPaths.Api, StringComparison.OrdinalIgnoreCase) ? null
            : context.User.Identity?.IsAuthenticated == true ? CallerRule : AnonymousRule,
        static (context, decision) => context.Response.WriteAnswerAsync(
            new ErrorResponse($"Too many requests. Try again in {decision.SecondsLeft} s.")));

    /// <summary>A user through one client or API key, or a client by itself: one integration does not use up another's limit.</summary>
    private static string CallerOf(ClaimsPrincipal caller)
    {
        var through = caller.FindFirst(OpenIddictConstants.Claims.Private.Presenter) ?? caller.FindFirst(TaskmasterClaims.ApiKey);
        return $"{caller.FindFirst(OpenIddictConstants.Claims.Subject)?.Value} {through?.Value}";
    }
}
