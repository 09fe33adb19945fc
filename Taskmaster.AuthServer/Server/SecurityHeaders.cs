using Taskmaster.AuthServer.Discovery;

namespace Taskmaster.AuthServer.Server;

internal static class SecurityHeaders
{
    // No form-action: Chromium applies it to the redirects that follow a submitted form as well, and after Allow or
    // Sign in they lead to the client's redirect URI.
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; "
        + "frame-ancestors 'none'";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(static state =>
        {
            var context = (HttpContext)state;
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";

            headers.XFrameOptions = "DENY";

            // The form_post page sets its own Content-Security-Policy.
            if (headers.ContentSecurityPolicy.Count == 0)
            {
                headers.ContentSecurityPolicy = ContentSecurityPolicy;
            }

            // Only the public documents may be cached, and no error in place of one.
            if (!PublicMetadata.Includes(context.Request.Path)
                || context.Response.StatusCode is not (StatusCodes.Status200OK or StatusCodes.Status304NotModified))
            {
                headers.CacheControl = "no-store";
            }

            return Task.CompletedTask;
        }, context);

        return next(context);
    });
}
