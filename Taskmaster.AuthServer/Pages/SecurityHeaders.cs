using Taskmaster.AuthServer.AuthorizationServer;

namespace Taskmaster.AuthServer.Pages;

internal static class SecurityHeaders
{
    // No form-action: Chromium applies it to the redirects that follow a submitted form as well, and after Allow or
    // Sign in they lead to the client's redirect URI.
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";

            // OpenIddict's form_post page runs a script of its own; it posts to a verified redirect URI and shows nothing.
            if (!context.Request.Path.StartsWithSegments("/oauth2"))
            {
                headers.ContentSecurityPolicy = ContentSecurityPolicy;
                headers.XFrameOptions = "DENY";
            }

            if (!IsPublicMetadata(context.Request.Path))
            {
                headers.CacheControl = "no-store";
            }

            return Task.CompletedTask;
        });

        return next(context);
    });

    private static bool IsPublicMetadata(PathString path) => path.StartsWithSegments("/.well-known") || path == OAuthEndpoints.Jwks;
}
