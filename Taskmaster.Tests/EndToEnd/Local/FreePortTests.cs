using System.Net;
using System.Net.Sockets;
using Taskmaster.AppHost.Local;

namespace Taskmaster.Tests.EndToEnd.Local;

public sealed class FreePortTests
{
    [Fact]
    public void A_port_is_free_on_addresses_of_a_kind_that_the_kernel_does_not_know() => Assert.True(Ports.IsFree(new Unknown()));

    [Fact]
    public void A_port_that_somebody_listens_on_is_not_free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        Assert.False(Ports.IsFree((IPEndPoint)listener.LocalEndpoint));
    }

    /// <summary>As ::1 is on a kernel without IPv6.</summary>
    private sealed class Unknown() : IPEndPoint(IPAddress.IPv6Loopback, 5080)
    {
        public override AddressFamily AddressFamily => AddressFamily.Ecma;
    }
}
