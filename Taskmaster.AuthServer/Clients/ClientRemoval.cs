using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Data;
using Taskmaster.TokenStore.OpenIddict;

namespace Taskmaster.AuthServer.Clients;

/// <summary>Removes a client and ends what it was issued, and what replicas issue it that have not heard of it yet.</summary>
internal sealed class ClientRemoval(AuthDbContext database, ClientEvictions evictions, TokenUnitOfWork tokens)
{
    /// <summary>
    /// Whatever else was noted is written with it. The tokens are ended before the row is gone for others, so that an outage of Redis
    /// leaves the client to be deleted again.
    /// </summary>
    /// <returns>False when another request has removed it; then nothing is written.</returns>
    public async Task<bool> DeleteAsync(Client client, CancellationToken cancellationToken)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (await database.Clients.Where(row => row.Id == client.Id).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return false;
        }

        await database.SaveChangesAsync(cancellationToken);
        await tokens.EndClientAsync(client.Id.ToString("D"), ClientCache.Reach, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await evictions.AnnounceAsync(client);
        return true;
    }
}
