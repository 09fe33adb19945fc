using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Taskmaster.AuthServer.Audit;
using Taskmaster.AuthServer.Data;

namespace Taskmaster.AuthServer.Sessions;

/// <summary>The sessions of the users, in every browser.</summary>
internal sealed class SessionRecords(AuthDbContext database, IOpenIddictTokenManager tokens, AuditTrail audit)
{
    /// <summary>Newest use first.</summary>
    public async Task<IReadOnlyList<SignedInSession>> ListAsync(Guid userId, CancellationToken cancellationToken) =>
        await database.Sessions.AsNoTracking()
            .Where(session => session.UserId == userId)
            .OrderByDescending(session => session.LastUsedAt).ThenByDescending(session => session.Id)
            .ToListAsync(cancellationToken);

    /// <summary>The session in which Taskmaster's own client got a grant; null when it has ended.</summary>
    public async Task<Guid?> WithGrantAsync(string? grantId, CancellationToken cancellationToken) =>
        await database.SessionGrants.Where(grant => grant.GrantId == grantId)
            .Select(grant => (Guid?)grant.SessionId)
            .SingleOrDefaultAsync(cancellationToken);

    /// <summary>
    /// Ends sessions and the grants of Taskmaster's own client in them. The tokens go first: if Redis is away, the
    /// sessions are still there and can be ended again.
    /// </summary>
    /// <returns>How many this ended: what another request ends at the same time is that one's.</returns>
    public async Task<int> EndAsync(
        Expression<Func<SignedInSession, bool>> which, CancellationToken cancellationToken,
        AuditEventType written = AuditEventType.SessionEnded)
    {
        var found = await database.Sessions.AsNoTracking().Where(which).ToListAsync(cancellationToken);
        var ids = found.ConvertAll(session => session.Id);
        foreach (var grantId in await database.SessionGrants.Where(grant => ids.Contains(grant.SessionId))
            .Select(grant => grant.GrantId)
            .ToListAsync(cancellationToken))
        {
            await tokens.RevokeByAuthorizationIdAsync(grantId, cancellationToken);
        }

        var ended = 0;
        foreach (var session in found)
        {
            await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
            if (await database.Sessions.Where(row => row.Id == session.Id).ExecuteDeleteAsync(cancellationToken) > 0)
            {
                audit.Add(written, session.UserId, details: session.Browser);
                await database.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                ended++;
            }
        }

        return ended;
    }
}
