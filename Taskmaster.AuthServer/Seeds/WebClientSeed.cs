using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Data;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.AuthServer.Seeds;

/// <summary>
/// Registers Taskmaster's own web client as this start's settings have it: its redirect URIs follow the public origin,
/// its secret is the host's.
/// </summary>
internal sealed class WebClientSeed(
    AuthDbContext database, ClientEvictions evictions, PublicOrigin origin, IConfiguration configuration, TimeProvider clock)
{
    public const string ClientId = "taskmaster-web";
    public const string SecretSetting = "WebClient:Secret";

    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var client = await database.Clients.Include(row => row.Secrets).SingleOrDefaultAsync(
            row => row.ClientId == ClientId, cancellationToken);
        if (client is null)
        {
            client = Client.FirstParty(ClientId, "Taskmaster", now);
            database.Clients.Add(client);
        }

        client.ReturnTo([$"{origin.Value}/signin-oidc"]);
        client.ReturnAfterSignOutTo([$"{origin.Value}/signout-callback-oidc", $"{origin.Value}/"]);

        client.KeepHostSecret(configuration[SecretSetting], now);
        await database.SaveChangesAsync(cancellationToken);
        await evictions.AnnounceAsync(client);
    }
}
