using Taskmaster.ServiceDefaults;

namespace Taskmaster.AuthServer;

internal static class PublicFace
{
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
