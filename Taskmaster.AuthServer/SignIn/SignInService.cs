using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Audit;
using Taskmaster.AuthServer.Data;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.AuthServer.Users;

namespace Taskmaster.AuthServer.SignIn;

/// <summary>
/// Checks an e-mail address and password. Unknown address, wrong password, locked and disabled account look the same
/// from outside and cost the same: one hash, and one transaction of the same statements.
/// </summary>
internal sealed class SignInService(
    AuthDbContext database, IPasswordHasher<User> hasher, UnknownUser unknown, ILookupNormalizer normalizer, AuditTrail audit,
    AuthServerMetrics metrics, TimeProvider clock)
{
    public const int FailuresBeforeLockout = 10;

    public static readonly TimeSpan LockoutLength = TimeSpan.FromMinutes(5);

    /// <returns>The user, if it is they; the sign-in itself is still to be done.</returns>
    public async Task<User?> CheckAsync(string email, string password, CancellationToken cancellationToken)
    {
        // Postgres takes no NUL, and no account has one.
        var normalized = normalizer.NormalizeEmail(email.Trim()).Replace("\0", " ", StringComparison.Ordinal);
        var user = await database.Users.SingleOrDefaultAsync(row => row.NormalizedEmail == normalized, cancellationToken);
        var now = clock.GetUtcNow();

        var result = hasher.VerifyHashedPassword(user!, user?.PasswordHash ?? unknown.PasswordHash, password);
        if (user is null || user.DisabledAt is not null || user.IsLockedOut(now))
        {
            await NoteFailureAsync(user, counted: null, now, cancellationToken);
            return null;
        }

        if (result is PasswordVerificationResult.Failed)
        {
            await NoteFailureAsync(user, counted: user, now, cancellationToken);
            return null;
        }

        if (result is PasswordVerificationResult.SuccessRehashNeeded)
        {
            user.PasswordHash = hasher.HashPassword(user, password);
        }

        user.AccessFailedCount = 0;
        user.LockoutEnd = null;
        await database.SaveChangesAsync(cancellationToken);
        return user;
    }

    /// <summary>
    /// Writes the failure to the audit trail, without the address that was typed, and counts it where there is something
    /// to count. Where there is not, the same statement is sent and finds no row.
    /// </summary>
    private async Task NoteFailureAsync(User? user, User? counted, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);

        // In the database, so that parallel guesses are all counted.
        var (id, lockoutEnd) = (counted?.Id ?? Guid.Empty, now + LockoutLength);
        await database.Users.Where(row => row.Id == id).ExecuteUpdateAsync(
            update => update
                .SetProperty(
                    row => row.LockoutEnd, row => row.AccessFailedCount + 1 >= FailuresBeforeLockout ? lockoutEnd : row.LockoutEnd)
                .SetProperty(row => row.AccessFailedCount, row => row.AccessFailedCount + 1 >= FailuresBeforeLockout
                    ? 0
                    : row.AccessFailedCount + 1),
            cancellationToken);

        // The update holds the row, so whoever finds the count back at zero is the one who locked it.
        var locked = await database.Users.AnyAsync(
            row => row.Id == id && row.AccessFailedCount == 0 && row.LockoutEnd == lockoutEnd, cancellationToken);
        audit.Add(AuditEventType.SignInFailed, user?.Id, actor: AuditEvent.Nobody);
        if (locked)
        {
            audit.Add(AuditEventType.LockedOut, id, actor: AuditEvent.SystemActor);
        }

        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        metrics.SignInRefused();
        if (locked)
        {
            metrics.LockedOut();
        }
    }
}
