using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Data;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.AuthServer.Seeds;

/// <summary>
/// Registers the MCP server as a client, which exchanges tokens and does nothing else: no user is ever sent to it.
/// </summary>
internal sealed class McpClientSeed(AuthDbContext database, ClientEvictions evictions, IConfiguration configuration, TimeProvider clock)
{
    public const string SecretSetting = "McpClient:Secret";

    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var client = await database.Clients.Include(row => row.Secrets).SingleOrDefaultAsync(
            row => row.ClientId == WellKnownClients.Mcp, cancellationToken);
        if (client is null)
        {
            client = Client.FirstParty(WellKnownClients.Mcp, "Taskmaster MCP server", now);
            database.Clients.Add(client);
        }

        client.KeepHostSecret(configuration[SecretSetting], now);
        await database.SaveChangesAsync(cancellationToken);
        await evictions.AnnounceAsync(client);
    }
}
