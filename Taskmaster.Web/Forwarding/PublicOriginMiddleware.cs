using Microsoft.AspNetCore.HttpOverrides;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.Web.Forwarding;

internal static class PublicOriginMiddleware
{
    private const int MaximumRequestLine = 32 * 1024;

    /// <summary>
    /// The longest authorization request that AuthServer takes, 16 KiB, inside the address of its sign-in or consent page and
    /// encoded once more. Kestrel's 8 KiB would end a sign-in with 414 half way.
    /// </summary>
    public static void AcceptLongRequests(this WebApplicationBuilder builder) =>
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestLineSize = MaximumRequestLine);

    /// <summary>
    /// Names the networks whose X-Forwarded-For is believed, setting <c>Taskmaster:TrustedProxies</c>: those of a TLS
    /// terminator in front of Web. Nobody's by default, so that a caller cannot choose the address it is counted under.
    /// </summary>
    public static void AddTrustedProxies(this IHostApplicationBuilder builder)
    {
        var networks = builder.Configuration.GetSection("Taskmaster:TrustedProxies").Get<string[]>() ?? [];
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = networks is [] ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var network in networks)
            {
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
            }
        });
    }

    /// <summary>
    /// Scheme and host of every request are those of the public origin, whatever its Host header says: redirect URIs
    /// and links are made from them.
    /// </summary>
    public static void UsePublicOrigin(this IApplicationBuilder app)
    {
        var origin = app.ApplicationServices.GetRequiredService<PublicOrigin>().Uri;

        // Without the port where it is the scheme's own: redirect URIs are compared as text.
        var host = new HostString(origin.Authority);

        app.UseForwardedHeaders();
        app.Use((context, next) =>
        {
            context.Request.Scheme = origin.Scheme;
            context.Request.Host = host;
            return next(context);
        });
    }
}
