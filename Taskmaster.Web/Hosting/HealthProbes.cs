using Microsoft.AspNetCore.HttpOverrides;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.Web.Hosting;

/// <summary>
/// Web's port is the public one, and its health is for the host only: whoever watches the processes calls from their own
/// network and directly. A request that a proxy brought is from outside, whatever network the proxy is in.
/// </summary>
internal static class HealthProbes
{
    private static readonly IReadOnlyList<System.Net.IPNetwork> Inside =
        [.. CallerAddress.PrivateNetworks.Select(System.Net.IPNetwork.Parse)];

    private static readonly string[] ProxyHeaders =
    [
        ForwardedHeadersDefaults.XForwardedForHeaderName, ForwardedHeadersDefaults.XOriginalForHeaderName,
        ForwardedHeadersDefaults.XForwardedHostHeaderName, ForwardedHeadersDefaults.XForwardedProtoHeaderName, "Forwarded", "Via",
    ];

    /// <summary>For everybody else there is nothing at these addresses. After the error pages, which say so.</summary>
    public static void UseHealthProbesFromInside(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        if (Health.IsProbe(context.Request.Path) && !IsFromInside(context))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        return next(context);
    });

    private static bool IsFromInside(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address || Array.Exists(ProxyHeaders, context.Request.Headers.ContainsKey))
        {
            return false;
        }

        var caller = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Inside.Any(network => network.Contains(caller));
    }
}
