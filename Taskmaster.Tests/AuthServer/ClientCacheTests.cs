using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.SignIn;
using Taskmaster.Tests.AuthServer.ShortPath;

namespace Taskmaster.Tests.AuthServer;

[Collection(nameof(WithShortPath))]
public sealed class ClientCacheTests(AuthServerHost host)
{
    /// <summary>The message that evicts the client is lost, and the replica serves it for as long as its cache does.</summary>
    [Theory]
    [InlineData("delete")]
    [InlineData("disable")]
    [InlineData("disable its owner")]
    [Trait("Behaviour", "28")]
    public async Task A_replica_that_has_not_heard_of_a_clients_end_issues_dead_tokens_until_the_client_is_enabled(string how)
    {
        var owner = await ManagingUser.SignInAsync(host);
        var registered = await host.NewClientAsync(owner: owner.User);
        var path = $"/clients/{registered.ClientId}";
        var replica = host.NewReplica();
        var client = new TestClient(
            host, registered.ClientId, registered.ClientSecret, registered.RedirectUri, owner.User, host.NewUserAgent(replica));
        var cache = replica.Services.GetRequiredService<ClientCache>();
        var known = (await cache.FindAsync(client.ClientId, CancellationToken.None))!;

        switch (how)
        {
            case "delete":
                (await owner.SendAsync(HttpMethod.Delete, path)).Is(HttpStatusCode.NoContent);
                break;
            case "disable":
                (await owner.SendAsync(HttpMethod.Post, path + "/disable")).Is(HttpStatusCode.NoContent);
                break;
            default:
                Assert.True(await AccessAsync(access => access.DisableAsync(owner.User.Id, CancellationToken.None)));
                break;
        }

        cache.Lend(known);
        Assert.False(await client.IsActiveAsync((await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK).AccessToken));
        cache.TakeBack(client.ClientId);
        cache.Evict(client.ClientId);
        (await client.ClientCredentialsAsync()).Is(HttpStatusCode.Unauthorized);

        if (how is not "delete")
        {
            _ = how is "disable"
                ? (await owner.SendAsync(HttpMethod.Post, path + "/enable")).Is(HttpStatusCode.NoContent).Status is HttpStatusCode.NoContent
                : await AccessAsync(access => access.EnableAsync(owner.User.Id, CancellationToken.None));
            Assert.True(await client.IsActiveAsync((await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK).AccessToken));
        }
    }

    [Fact]
    public async Task Who_asks_for_a_client_while_it_is_read_waits_for_that_read_unless_it_was_changed_meanwhile()
    {
        var client = await host.NewClientAsync();
        var cache = host.Services.GetRequiredService<ClientCache>();
        cache.EvictAll();
        var before = cache.Reads;

        var first = Enumerable.Range(0, 20).Select(_ => FindAsync()).ToList();
        cache.Evict(client.ClientId);
        var later = FindAsync();

        Assert.All(await Task.WhenAll([.. first, later]), found => Assert.Equal(client.ClientId, found?.ClientId));
        Assert.Equal(2, cache.Reads - before);

        Task<Client?> FindAsync() => cache.FindAsync(client.ClientId, CancellationToken.None).AsTask();
    }

    private async Task<bool> AccessAsync(Func<UserAccess, Task<bool>> act)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<UserAccess>());
    }
}
