using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Taskmaster.AuthServer.Data;

namespace Taskmaster.AuthServer.Clients;

/// <summary>The clients of one owner at a time: the owner is part of every query, so another's client is not there.</summary>
internal sealed class ClientRegistrations(AuthDbContext database, ClientEvictions evictions, IOpenIddictTokenManager tokens)
{
    public async Task<IReadOnlyList<Client>> ListAsync(Guid ownerId, CancellationToken cancellationToken) =>
        await Of(ownerId).OrderBy(client => client.Id).ToListAsync(cancellationToken);

    public Task<Client?> FindAsync(Guid ownerId, string clientId, CancellationToken cancellationToken) =>
        Of(ownerId).SingleOrDefaultAsync(client => client.ClientId == clientId, cancellationToken);

    public async Task AddAsync(Client client, CancellationToken cancellationToken)
    {
        database.Clients.Add(client);
        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Saves what was changed about <paramref name="client"/>, and every replica knows at once.</summary>
    public async Task SaveAsync(Client client, CancellationToken cancellationToken)
    {
        await database.SaveChangesAsync(cancellationToken);
        await evictions.AnnounceAsync(client);
    }

    /// <summary>
    /// Removes the client and ends what it was issued. The tokens are revoked before the row goes, so that an outage
    /// of Redis leaves something to try again on, and after it, for one issued in between.
    /// </summary>
    public async Task DeleteAsync(Client client, CancellationToken cancellationToken)
    {
        var applicationId = client.Id.ToString("D");
        await tokens.RevokeByApplicationIdAsync(applicationId, cancellationToken);

        database.Clients.Remove(client);
        await database.SaveChangesAsync(cancellationToken);
        await evictions.AnnounceAsync(client);

        await tokens.RevokeByApplicationIdAsync(applicationId, cancellationToken);
    }

    private IQueryable<Client> Of(Guid ownerId) => database.Clients.Include(client => client.Secrets).Where(client => client.OwnerId == ownerId);
}
