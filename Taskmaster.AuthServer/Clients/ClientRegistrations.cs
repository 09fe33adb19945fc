using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Taskmaster.AuthServer.Audit;
using Taskmaster.AuthServer.Data;
using Taskmaster.TokenStore.OpenIddict;

namespace Taskmaster.AuthServer.Clients;

/// <summary>The clients of one owner at a time: the owner is part of every query, so another's client is not there.</summary>
internal sealed class ClientRegistrations(
    AuthDbContext database, ClientEvictions evictions, ClientRemoval removal, IOpenIddictTokenManager tokens, TokenUnitOfWork unit,
    AuditTrail audit, TimeProvider clock)
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

    /// <returns>False when another request has deleted it.</returns>
    public Task<bool> DeleteAsync(Client client, CancellationToken cancellationToken)
    {
        audit.Add(AuditEventType.ClientDeleted, client.OwnerId, client.ClientId, client.Name);
        return removal.DeleteAsync(client, cancellationToken);
    }

    /// <summary>
    /// A disabled client is unknown everywhere until it is enabled again, and what it was issued stays revoked. The order is that of
    /// <see cref="ClientRemoval.DeleteAsync"/>, for the same reason.
    /// </summary>
    public async Task DisableAsync(Client client, CancellationToken cancellationToken)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        client.Disable(clock.GetUtcNow());
        audit.Add(AuditEventType.ClientDisabled, client.OwnerId, client.ClientId, client.Name);
        await database.SaveChangesAsync(cancellationToken);
        await unit.EndClientAsync(client.Id.ToString("D"), ClientCache.Reach, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await evictions.AnnounceAsync(client);
    }

    /// <summary>The client gets tokens again, at once: nothing is revoked ahead of time any more.</summary>
    public async Task EnableAsync(Client client, CancellationToken cancellationToken)
    {
        if (client.DisabledAt is not null)
        {
            await tokens.RevokeByApplicationIdAsync(client.Id.ToString("D"), cancellationToken);
        }

        client.Enable();
        await SaveAsync(client, AuditEventType.ClientEnabled, client.Name, cancellationToken);
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
