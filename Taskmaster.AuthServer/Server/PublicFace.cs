using Taskmaster.AuthServer.Protocol;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.AuthServer.Server;

internal static class PublicFace
{
    private const int MaximumRequestLine = 64 * 1024;

    /// <summary>
    /// An authorization request travels inside the address of the sign-in and the consent page, encoded once more; one
    /// with a long state would not fit Kestrel's 8 KiB. Content is held to <see cref="BodyLimit"/>.
    /// </summary>
    public static void LimitRequests(this WebApplicationBuilder builder) =>
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestLineSize = MaximumRequestLine;
        });

    /// <summary>The most bytes a request body may have: only the management API takes more than a form.</summary>
    public static int BodyLimit(HttpContext context) => ManagementApi.Has(context.Request.Path) ? BodyLimits.Settings : BodyLimits.Form;

    /// <summary>
    /// Every request is one to the public origin, whatever its Host and X-Forwarded headers say, so that no link,
    /// redirect or issuer can be made to point elsewhere.
    /// </summary>
    public static IApplicationBuilder UsePublicOrigin(this IApplicationBuilder app, PublicOrigin origin)
    {
        var host = new HostString(origin.Uri.Authority);

        return app.Use((context, next) =>
        {
            context.Request.Scheme = origin.Uri.Scheme;
            context.Request.Host = host;
            return next(context);
        });
    }
}
