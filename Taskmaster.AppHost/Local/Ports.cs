using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Taskmaster.AppHost.Local;

internal static class Ports
{
    // Below the range the system takes ports of outgoing connections from, so that none of those is in the way a moment later.
    private const int FirstFree = 20_000;
    private const int LastFree = 32_000;

    private static readonly HashSet<int> Given = [];

    /// <exception cref="RefusalException">A port that an endpoint is to have is taken.</exception>
    public static void RequireFree(IEnumerable<IResource> resources)
    {
        foreach (var (resource, endpoint) in
            from resource in resources from endpoint in resource.Annotations.OfType<EndpointAnnotation>() select (resource, endpoint))
        {
            if (endpoint.Port is > 0 and var port && !IsFree(port))
            {
                throw new RefusalException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Port {port}, which '{resource.Name}' is to listen on, is taken. End the program that has it, or start beside it "
                    + $"with --Local:Instance=<name>."));
            }
        }
    }

    public static int AnyFree()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(FirstFree, LastFree);
            lock (Given)
            {
                if (Given.Add(port) && IsFree(port))
                {
                    return port;
                }
            }
        }
    }

    /// <summary>Free on both loopback addresses, as services that listen on localhost take both.</summary>
    private static bool IsFree(int port) => IsFree(new IPEndPoint(IPAddress.Loopback, port))
        && IsFree(new IPEndPoint(IPAddress.IPv6Loopback, port));

    /// <summary>Nobody has it. So it is with an address that the machine does not have, as on a kernel without IPv6.</summary>
    internal static bool IsFree(IPEndPoint endpoint)
    {
        try
        {
            using var listener = new TcpListener(endpoint);
            listener.Start();
            return true;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode != SocketError.AddressAlreadyInUse;
        }
    }
}
