using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Data;
using Taskmaster.AuthServer.Sessions;
using Taskmaster.AuthServer.Users;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.AuthServer.Consents;

/// <summary>Reads valid sessions together with the consents of their users.</summary>
internal sealed class ValidSessions(IServiceScopeFactory scopes) : IValidSessions
{
    public Task<ValidSession?> FindAsync(Guid session, string stamp, Guid? client, CancellationToken cancellationToken) =>
        AskAsync(session, stamp, client).WithQueryTimeoutAsync(cancellationToken);

    /// <summary>In a scope of its own: it goes on without the request that no longer waits for it.</summary>
    private async Task<ValidSession?> AskAsync(Guid session, string stamp, Guid? client)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AuthDbContext>();
        var found = await (
            from row in database.Sessions.AsNoTracking()
            join user in database.Users on row.UserId equals user.Id
            where row.Id == session && user.SecurityStamp == stamp && user.DisabledAt == null
            let consent = database.Set<Consent>().SingleOrDefault(given => given.UserId == user.Id && given.ClientId == client)
            select new
            {
                User = new SignedInUser(user.Id, user.Name, user.Email!, user.EmailConfirmed),
                row.LastUsedAt,
                Scopes = consent == null ? null : consent.Scopes,
                DocumentHash = consent == null ? null : consent.DocumentHash,
            }).SingleOrDefaultAsync(CancellationToken.None);

        // Not in the query: an empty list made there is another constant each time, for which Entity Framework would
        // compile the query each time.
        return found is null ? null : new ValidSession(found.User, found.LastUsedAt, found.Scopes ?? [], found.DocumentHash);
    }
}
