using Taskmaster.Web.Forwarding;

namespace Taskmaster.Web.Pages;

/// <summary>
/// The headers of everything Web itself answers. Forwarded answers keep their own: the consent page, say, must allow
/// a form to end at the client's redirect URI.
/// </summary>
internal static class SecurityHeaders
{
    public const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        + "frame-ancestors 'none'";

    public const string PermissionsPolicy =
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), clipboard-write=(self)";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        // On starting, because the exception handler clears what is set before.
        context.Response.OnStarting(() =>
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<ForwardedPath>() is null)
            {
                var headers = context.Response.Headers;
                headers.ContentSecurityPolicy = ContentSecurityPolicy;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "no-referrer";
                headers["Permissions-Policy"] = PermissionsPolicy;
                headers["Cross-Origin-Opener-Policy"] = "same-origin";

                // For browsers without frame-ancestors.
                headers.XFrameOptions = "DENY";
            }

            return Task.CompletedTask;
        });

        return next(context);
    });
}
