using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Data;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.AuthServer.Seeds;

/// <summary>
/// Registers the API's reference page, on which readers sign in to try calls: a public client, because it runs in
/// their browser, whose redirect URI follows the public origin.
/// </summary>
internal sealed class DocsClientSeed(AuthDbContext database, ClientEvictions evictions, PublicOrigin origin, TimeProvider clock)
{
    public const string ClientId = "taskmaster-docs";

    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        var client = await database.Clients.SingleOrDefaultAsync(row => row.ClientId == ClientId, cancellationToken);
        if (client is null)
        {
            client = Client.FirstParty(ClientId, "Taskmaster API reference", clock.GetUtcNow(), isPublic: true);
            database.Clients.Add(client);
        }

        client.ReturnTo([$"{origin.Value}/api/docs/"]);
        await database.SaveChangesAsync(cancellationToken);
        await evictions.AnnounceAsync(client);
    }
}
