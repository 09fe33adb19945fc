using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Data;
using Taskmaster.AuthServer.Sessions;
using Taskmaster.AuthServer.Users;

namespace Taskmaster.AuthServer.Consents;

/// <summary>Reads valid sessions together with the consents of their users.</summary>
internal sealed class ValidSessions(AuthDbContext database) : IValidSessions
{
    public Task<ValidSession?> FindAsync(Guid session, string stamp, Guid? client, CancellationToken cancellationToken) =>
        (from row in database.Sessions.AsNoTracking()
         join user in database.Users on row.UserId equals user.Id
         where row.Id == session && user.SecurityStamp == stamp && user.DisabledAt == null
         let consent = database.Set<Consent>().SingleOrDefault(given => given.UserId == user.Id && given.ClientId == client)
         select new ValidSession(
             new SignedInUser(user.Id, user.Name, user.Email!, user.EmailConfirmed),
             row.LastUsedAt,
             consent == null ? new List<string>() : consent.Scopes)).SingleOrDefaultAsync(cancellationToken);
}
