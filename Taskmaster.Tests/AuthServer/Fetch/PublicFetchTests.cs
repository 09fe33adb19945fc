using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Taskmaster.AuthServer.Fetch;

namespace Taskmaster.Tests.AuthServer.Fetch;

/// <summary>The guard of what is fetched from where a stranger says. Whatever is asked of it here stays on this machine.</summary>
public sealed class PublicFetchTests
{
    [Theory]
    [Trait("Behaviour", "46")]
    [InlineData("8.8.8.8")]
    [InlineData("100.63.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("192.0.1.1")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:4700::1111")]
    [InlineData("2a00:1450::1")]
    [InlineData("2001:200::1")]
    public void Addresses_of_the_internet_are_public(string address) => Assert.True(PublicAddresses.Include(IPAddress.Parse(address)));

    [Theory]
    [Trait("Behaviour", "46")]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("10.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("100.127.255.255")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.1")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.19.255.255")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("::ffff:192.0.2.1")]
    [InlineData("64:ff9b::8.8.8.8")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::1")]
    [InlineData("3fff::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00::1")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    [InlineData("5f00::1")]
    public void Addresses_with_a_special_purpose_are_not(string address) =>
        Assert.False(PublicAddresses.Include(IPAddress.Parse(address)));

    /// <summary>By address and by name, both are refused before a connection: nothing has come to the listener.</summary>
    [Theory]
    [Trait("Behaviour", "46")]
    [InlineData("https://127.0.0.1:{0}/x")]
    [InlineData("https://localhost:{0}/x")]
    [InlineData("https://[::ffff:127.0.0.1]:{0}/x")]
    [InlineData("http://127.0.0.1:{0}/x")]
    [InlineData("ftp://127.0.0.1:{0}/x")]
    public async Task This_machine_is_not_connected_to(string address)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using var guard = new Guard(new FetchOptions());

        var fetched = await guard.GetAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, address, port));

        Assert.Equal(FetchOutcome.Unreachable, fetched.Outcome);
        Assert.False(listener.Pending());
    }

    /// <summary>The switch of a developer is for this machine by its very name, not for the networks around it.</summary>
    [Theory]
    [Trait("Behaviour", "46")]
    [InlineData("http://10.255.255.1/x")]
    [InlineData("http://example.com/x")]
    [InlineData("https://192.168.255.254/x")]
    [InlineData("https://169.254.169.254/x")]
    public async Task A_developers_switch_opens_nothing_but_this_machine(string address)
    {
        using var guard = new Guard(new FetchOptions { AllowLoopback = true });

        Assert.Equal(FetchOutcome.Unreachable, (await guard.GetAsync(address)).Outcome);
    }

    [Fact]
    [Trait("Behaviour", "46")]
    public async Task So_many_a_minute_for_one_caller_and_to_one_host()
    {
        using var guard = new Guard(new FetchOptions { PerMinute = 1 });
        var outcomes = new List<FetchOutcome>();

        foreach (var (caller, host) in new[]
        {
            ("alice", "127.0.0.1"), ("alice", "127.0.0.2"), ("bob", "127.0.0.1"), ("carol", "127.0.0.1"), ("dave", "127.0.0.1"),
            ("erin", "127.0.0.1"),
        })
        {
            outcomes.Add((await guard.GetAsync($"https://{host}/x", caller)).Outcome);
        }

        Assert.Equal(
            [
                FetchOutcome.Unreachable, FetchOutcome.Limited, FetchOutcome.Unreachable, FetchOutcome.Unreachable,
                FetchOutcome.Unreachable, FetchOutcome.Limited,
            ],
            outcomes);
    }

    [Theory]
    [Trait("Behaviour", "46")]
    [InlineData("Production", false)]
    [InlineData("Development", true)]
    public void The_switch_is_refused_in_production(string environment, bool taken)
    {
        var validation = new FetchOptions.Validation(
            new Microsoft.Extensions.Hosting.Internal.HostingEnvironment { EnvironmentName = environment });

        Assert.Equal(taken, validation.Validate(name: null, new FetchOptions { AllowLoopback = true }).Succeeded);
        Assert.True(validation.Validate(name: null, new FetchOptions()).Succeeded);
    }

    private sealed class Guard : IDisposable
    {
        private readonly FetchLimits _limits;
        private readonly PublicFetch _fetch;

        public Guard(FetchOptions options)
        {
            _limits = new FetchLimits(Options.Create(options));
            _fetch = new PublicFetch(_limits, Options.Create(options));
        }

        public async Task<FetchedDocument> GetAsync(string address, string caller = "alice")
        {
            using var deadline = _fetch.NewDeadline();
            return await _fetch.GetAsync(new Uri(address), caller, entityTag: null, deadline.Token);
        }

        public void Dispose()
        {
            _fetch.Dispose();
            _limits.Dispose();
        }
    }
}
