using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Taskmaster.AuthServer.Audit;
using Taskmaster.AuthServer.Data;

namespace Taskmaster.AuthServer.Clients;

/// <summary>The clients of one owner at a time: the owner is part of every query, so another's client is not there.</summary>
internal sealed class ClientRegistrations(
    AuthDbContext database, ClientEvictions evictions, IOpenIddictTokenManager tokens, AuditTrail audit, TimeProvider clock)
{
    public async Task<IReadOnlyList<Client>> ListAsync(Guid ownerId, CancellationToken cancellationToken) =>
        await Of(ownerId).OrderBy(client => client.Id).ToListAsync(cancellationToken);

    public Task<Client?> FindAsync(Guid ownerId, string clientId, CancellationToken cancellationToken) =>
        Of(ownerId).SingleOrDefaultAsync(client => client.ClientId == clientId, cancellationToken);

    public async Task AddAsync(Client client, CancellationToken cancellationToken)
    {
        database.Clients.Add(client);
        audit.Add(AuditEventType.ClientCreated, client.OwnerId, client.ClientId, client.Name);
        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Saves what was changed about <paramref name="client"/>, and every replica knows at once.</summary>
    /// <param name="client">The client.</param>
    /// <param name="change">What it was, for the audit trail.</param>
    /// <param name="details">The name of the secret, if it was one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task SaveAsync(Client client, AuditEventType change, string? details, CancellationToken cancellationToken)
    {
        audit.Add(change, client.OwnerId, client.ClientId, details);
        await database.SaveChangesAsync(cancellationToken);
        await evictions.AnnounceAsync(client);
    }

    /// <summary>In one statement, which a second one at the same time does not disturb.</summary>
    public Task ForgetExpiredSecretsAsync(Client client, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.ClientSecrets.Where(secret => secret.ClientId == client.Id && secret.ExpiresAt <= now)
            .ExecuteDeleteAsync(cancellationToken);

    /// <summary>
    /// Removes the client and ends what it was issued. The tokens are revoked before the row goes, so that an outage
    /// of Redis leaves something to try again on, and after it, for one issued in between.
    /// </summary>
    public async Task DeleteAsync(Client client, CancellationToken cancellationToken)
    {
        var applicationId = client.Id.ToString("D");
        await tokens.RevokeByApplicationIdAsync(applicationId, cancellationToken);

        database.Clients.Remove(client);
        audit.Add(AuditEventType.ClientDeleted, client.OwnerId, client.ClientId, client.Name);
        await database.SaveChangesAsync(cancellationToken);
        await evictions.AnnounceAsync(client);

        await tokens.RevokeByApplicationIdAsync(applicationId, cancellationToken);
    }

    /// <summary>
    /// A disabled client is unknown everywhere until it is enabled again, and what it was issued stays revoked. The order
    /// is that of <see cref="DeleteAsync"/>, for the same reason.
    /// </summary>
    public async Task DisableAsync(Client client, CancellationToken cancellationToken)
    {
        var applicationId = client.Id.ToString("D");
        await tokens.RevokeByApplicationIdAsync(applicationId, cancellationToken);

        client.Disable(clock.GetUtcNow());
        await SaveAsync(client, AuditEventType.ClientDisabled, client.Name, cancellationToken);

        await tokens.RevokeByApplicationIdAsync(applicationId, cancellationToken);
    }

    /// <summary>An operator ends what a client was issued, whoever owns it; the client can ask for new tokens.</summary>
    /// <returns>False when there is no such client.</returns>
    public async Task<bool> RevokeTokensAsync(string clientId, CancellationToken cancellationToken)
    {
        if (await database.Clients.SingleOrDefaultAsync(row => row.ClientId == clientId, cancellationToken) is not { } client)
        {
            return false;
        }

        audit.Add(AuditEventType.TokenRevoked, client.OwnerId, client.ClientId);
        await tokens.RevokeByApplicationIdAsync(client.Id.ToString("D"), cancellationToken);
        await database.SaveChangesAsync(cancellationToken);
        return true;
    }

    private IQueryable<Client> Of(Guid ownerId) =>
        database.Clients.Include(client => client.Secrets).Where(client => client.OwnerId == ownerId);
}
