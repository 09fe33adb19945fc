using System.Collections.Frozen;
using Microsoft.Net.Http.Headers;
using Taskmaster.ServiceDefaults.Dpop;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.Web.Forwarding;

/// <summary>
/// What scripts of other origins may call and read (CORS, Fetch §3.3): what a client in a browser needs, all of which goes by
/// tokens and never by cookies, so that credentials are not allowed. Never the authorization endpoint
/// (draft-ietf-oauth-browser-based-apps) or a page. Decided here for every answer on the public origin, also those that no service gave.
/// </summary>
internal static class CrossOrigin
{
    private static readonly PathString Registrations = PublicPaths.OAuth + "/register";
    private static readonly PathString ApiPath = PublicPaths.Api;
    private static readonly PathString ApiPagesPath = PublicPaths.ApiPages;

    private static readonly FrozenSet<string> Paths = new[]
    {
        PublicPaths.OpenIdConfiguration,
        PublicPaths.AuthorizationServerMetadata,
        PublicPaths.ProtectedResourceMetadata,
        PublicPaths.McpMetadata,
        PublicPaths.AnyResourceMetadata,
        PublicPaths.Mcp,
        PublicPaths.OAuth + "/jwks",
        PublicPaths.OAuth + "/token",
        PublicPaths.OAuth + "/revoke",
        PublicPaths.OAuth + "/userinfo",
        PublicPaths.OAuth + "/par",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>What clients act on; scripts see few header fields unless they are named.</summary>
    private static readonly string[] Exposed =
    [
        HeaderNames.WWWAuthenticate, DpopNames.NonceHeader, HeaderNames.RetryAfter, "RateLimit", "RateLimit-Policy",
        HeaderNames.ETag, HeaderNames.Location, HeaderNames.Link,
    ];

    /// <summary>As long as Chromium keeps the answer to a preflight.</summary>
    private static readonly TimeSpan PreflightKeptFor = TimeSpan.FromHours(2);

    public static bool Includes(PathString path) =>
        Paths.Contains(path.Value!.TrimEnd('/'))
        || path.StartsWithSegments(Registrations, StringComparison.OrdinalIgnoreCase)
        || (path.StartsWithSegments(ApiPath, StringComparison.OrdinalIgnoreCase)
            && !path.StartsWithSegments(ApiPagesPath, StringComparison.OrdinalIgnoreCase));

    /// <summary>Preflights are answered here and not forwarded: no service needs to know, and no limit counts them.</summary>
    public static void UseCrossOrigin(this IApplicationBuilder app) => app.UseWhen(context => Includes(context.Request.Path), shared =>
    {
        // The answer differs by whether there is an Origin, and metadata may be kept by caches.
        shared.Use(static (context, next) =>
        {
            context.Response.OnStarting(static state =>
            {
                var headers = ((HttpContext)state).Response.Headers;
                headers.Append(HeaderNames.Vary, HeaderNames.Origin);
                return Task.CompletedTask;
            }, context);
            return next(context);
        });
        shared.UseCors(policy => policy
            .AllowAnyOrigin()
            .AllowAnyMethod()
            .AllowAnyHeader()
            .WithExposedHeaders(Exposed)
            .SetPreflightMaxAge(PreflightKeptFor));
    });
}
