using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Taskmaster.Tests.TokenStore.Servers;

/// <summary>
/// Ports to listen on: below those that connections are given, and each once, so that nobody takes one before it is used.
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
