using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Taskmaster.LocalHost.Running;

/// <summary>Gives every endpoint its port.</summary>
internal static class Ports
{
    // Below the range the system takes ports of outgoing connections from, so that none of those is in the way a moment later.
    private const int FirstFree = 20_000;
    private const int LastFree = 32_000;

    private static readonly HashSet<int> Given = [];

    public static void Allocate(IResourceCollection resources, bool randomPorts)
    {
        foreach (var resource in resources)
        {
            foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
            {
                endpoint.AllocatedPort = endpoint.Port is { } port && !randomPorts ? Require(port, resource) : AnyFree();
            }
        }
    }

    private static int Require(int port, IResource resource) => IsFree(port) ? port : throw new DistributedApplicationException(string.Create(
        CultureInfo.InvariantCulture,
        $"Port {port}, which '{resource.Name}' is to listen on, is taken. End the program that has it, or give '{resource.Name}' another port in its Properties/launchSettings.json."));

    private static int AnyFree()
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
    private static bool IsFree(int port) => CanListen(IPAddress.Loopback, port) && CanListen(IPAddress.IPv6Loopback, port);

    private static bool CanListen(IPAddress address, int port)
    {
        using var listener = new TcpListener(address, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode != SocketError.AddressAlreadyInUse;
        }
    }
}
