using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Taskmaster.ServiceDefaults.Hosting;

/// <summary>
/// Whose address a request of a service behind Web comes from. Web drops what its caller says about itself and names
/// the caller's address in X-Forwarded-For; that is believed of the networks in the setting <c>Taskmaster:WebNetworks</c>,
/// by default the private ones, in which the services are.
/// </summary>
public static class CallerAddress
{
    /// <summary>Loopback, and what is not routed on the internet (RFC 1918, RFC 3927, RFC 4193, RFC 4291 §2.5.6).</summary>
    public static IReadOnlyList<string> PrivateNetworks { get; } =
        ["127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10"];

    public static void AddCallerAddress(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        var networks = builder.Configuration.GetSection("Taskmaster:WebNetworks").Get<string[]>() ?? PrivateNetworks;
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var network in networks)
            {
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
            }
        });
    }

    public static void UseCallerAddress(this IApplicationBuilder app) => app.UseForwardedHeaders();

    /// <summary>
    /// The address to count by. Of IPv6 the first 64 bits: whoever has one address of such a network has them all.
    /// </summary>
    public static string Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);

        var address = context.Connection.RemoteIpAddress;
        if (address is null)
        {
            return "unknown";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily is AddressFamily.InterNetworkV6 && !IPAddress.IsLoopback(address)
            ? NetworkOf(address)
            : address.ToString();
    }

    private static string NetworkOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes) + "/64";
    }
}
