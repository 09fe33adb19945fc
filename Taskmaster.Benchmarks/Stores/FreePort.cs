using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Taskmaster.Benchmarks.Stores;

/// <summary>
/// Ports to listen on: below those that the kernel gives to outgoing connections, and each only once, so that nobody takes
/// a port before the server that it is for listens on it.
/// </summary>
internal static class FreePort
{
    private const int First = 10_000;
    private const int Count = 10_000;

    private static int _given = RandomNumberGenerator.GetInt32(Count);

    public static int Next()
    {
        while (true)
        {
            var port = First + (Interlocked.Increment(ref _given) % Count);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressAlreadyInUse)
            {
                // Another process has it.
            }
        }
    }
}
