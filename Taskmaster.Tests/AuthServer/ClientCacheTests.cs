using Microsoft.Extensions.DependencyInjection;
using Taskmaster.AuthServer.Clients;
using Taskmaster.Tests.AuthServer.ShortPath;

namespace Taskmaster.Tests.AuthServer;

[Collection(nameof(WithShortPath))]
public sealed class ClientCacheTests(AuthServerHost host)
{
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
}
