using OpenIddict.Abstractions;
using Taskmaster.Mcp.Answers;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.ServiceDefaults.RateLimits;

namespace Taskmaster.Mcp.RateLimits;

/// <summary>What the MCP server limits (docs/rate-limits.md): a user through one agent, and whoever has no token by address.</summary>
internal static class McpRateLimits
{
    public const string Mcp = "mcp";
    public const string Anonymous = "anonymous";

    private static readonly RateLimitRule AgentRule = new(Mcp, static context => new(
        $"{context.User.GetClaim(OpenIddictConstants.Claims.Subject)} {context.User.GetClaim(OpenIddictConstants.Claims.Private.Presenter)}"));

    private static readonly RateLimitRule AnonymousRule = new(Anonymous, static context => new(CallerAddress.Of(context)));

    public static void AddRateLimits(this WebApplicationBuilder builder)
    {
        builder.AddCallerAddress();
        builder.AddRateLimit(Mcp, 600, TimeSpan.FromMinutes(1));
        builder.AddRateLimit(Anonymous, 600, TimeSpan.FromMinutes(1));
    }

    public static void UseRateLimits(this WebApplication app) => app.UseRateLimits(
        static context => !context.Request.Path.StartsWithSegments(PublicPaths.Mcp, StringComparison.OrdinalIgnoreCase) ? null
            : context.User.Identity?.IsAuthenticated == true ? AgentRule : AnonymousRule,
        static (context, decision) => context.Response.WriteAsJsonAsync(
            new { Message = $"Too many requests. Try again in {decision.SecondsLeft} s." },
            McpJson.Options,
            "application/json",
            context.RequestAborted));
}
