using System.Net;
using Taskmaster.Tests.AuthServer;
using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.Deployment;

/// <summary>A service whose Redis is a Cluster, of which its connection string names the nodes and says nothing else.</summary>
public sealed class ClusterTests(ClusterTests.Host host) : IClassFixture<ClusterTests.Host>
{
    [Fact]
    public async Task A_service_on_a_healthy_cluster_is_healthy_and_issues_tokens()
    {
        using var health = await host.NewHttp().SendAsync(
            new HttpRequestMessage(HttpMethod.Get, AuthServerHost.Origin + "/health"), CancellationToken.None);

        Assert.Equal("Healthy", await health.Content.ReadAsStringAsync());
        var client = await host.NewClientAsync();
        (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK);
    }

    public sealed class Host : AuthServerHost
    {
        private readonly RedisCluster _cluster = new();

        private protected override string RedisConnection =>
            string.Join(',', _cluster.Configuration.EndPoints.Select(endpoint => endpoint.ToString()));

        public override async Task InitializeAsync()
        {
            await _cluster.InitializeAsync();
            await base.InitializeAsync();
        }

        public override async Task DisposeAsync()
        {
            await base.DisposeAsync();
            await _cluster.DisposeAsync();
        }
    }
}
