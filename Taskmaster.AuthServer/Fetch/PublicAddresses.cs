using System.Net;
using System.Net.Sockets;

namespace Taskmaster.AuthServer.Fetch;

/// <summary>Which addresses are hosts of the public internet, by the special-purpose registries of IANA (RFC 6890, RFC 8190).</summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork[] SpecialIPv4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    // Global unicast is all of IPv6 that is handed out (RFC 4291 §2.4). Outside of it are the loopback, unique-local and
    // link-local addresses, multicast, and those that only wrap an IPv4 address (RFC 4291 §2.5.5, RFC 6052).
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    // IETF protocols with Teredo, documentation, and 6to4, which wraps an IPv4 address, too.
    private static readonly IPNetwork[] SpecialIPv6 =
        [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse)];

    /// <summary>Whether the address is one that anybody on the internet can reach, and not one of this network or machine.</summary>
    public static bool Include(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !Array.Exists(SpecialIPv4, network => network.Contains(address)),
        AddressFamily.InterNetworkV6 =>
            address.ScopeId == 0
            // What a network says of a mapped address cannot be relied on, so none is asked.
            && !address.IsIPv4MappedToIPv6
            && GlobalUnicast.Contains(address)
            && !Array.Exists(SpecialIPv6, network => network.Contains(address)),
        _ => false,
    };
}
