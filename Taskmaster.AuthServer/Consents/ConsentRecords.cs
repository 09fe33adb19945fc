using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Audit;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Data;

namespace Taskmaster.AuthServer.Consents;

/// <summary>The permanent consents, per user and client.</summary>
internal sealed class ConsentRecords(AuthDbContext database, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Adds <paramref name="scopes"/> to what the user allowed before. Safe to do twice, also at once.</summary>
    /// <returns>False when the client has been deleted meanwhile.</returns>
    public async Task<bool> AllowAsync(Guid userId, Client client, IReadOnlyCollection<string> scopes, CancellationToken cancellationToken)
    {
        try
        {
            await ExtendAsync(userId, client, scopes, cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.WasOvertaken())
        {
            // A second submit of the same page won the insert, what was allowed before was withdrawn, or there is no such client any more.
            database.ChangeTracker.Clear();
            if (!client.IsDescribedByDocument && !await database.Clients.AnyAsync(row => row.Id == client.Id, cancellationToken))
            {
                return false;
            }

            await ExtendAsync(userId, client, scopes, cancellationToken);
        }

        return true;
    }

    public async Task DenyAsync(Guid userId, Client client, CancellationToken cancellationToken)
    {
        audit.Add(AuditEventType.ConsentDenied, userId, client.ClientId);
        await database.SaveChangesAsync(cancellationToken);
    }

    private async Task ExtendAsync(Guid userId, Client client, IReadOnlyCollection<string> scopes, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var consent = await database.Consents.SingleOrDefaultAsync(
            row => row.UserId == userId && row.ClientId == client.Id, cancellationToken);

        if (consent is null)
        {
            // Before this nobody needs a row of it, and anybody could have one made.
            if (client.IsDescribedByDocument && !await database.Clients.AnyAsync(row => row.Id == client.Id, cancellationToken))
            {
                database.Clients.Add(client);
            }

            database.Consents.Add(Consent.Of(userId, client, scopes, now));
        }
        else
        {
            consent.Extend(client, scopes);
        }

        audit.Add(AuditEventType.ConsentGiven, userId, client.ClientId, string.Join(' ', scopes));
        await database.SaveChangesAsync(cancellationToken);

        if (client is { IsRegisteredByProgram: true, FirstUsedAt: null })
        {
            await database.Clients.Where(row => row.Id == client.Id && row.FirstUsedAt == null)
                .ExecuteUpdateAsync(update => update.SetProperty(row => row.FirstUsedAt, now), cancellationToken);
        }
    }
}
