using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Data;

namespace Taskmaster.AuthServer.Users;

/// <summary>
/// Checks an e-mail address and password. Unknown address, wrong password and locked account look the same from
/// outside and cost the same hash.
/// </summary>
internal sealed class SignInService(AuthDbContext database, IPasswordHasher<User> hasher, ILookupNormalizer normalizer, TimeProvider clock)
{
    public const int FailuresBeforeLockout = 10;

    public static readonly TimeSpan LockoutLength = TimeSpan.FromMinutes(5);

    // A hash of nothing, made as the real ones are, for addresses that have none.
    private static readonly string _unknownUserHash = new PasswordHasher<User>().HashPassword(null!, string.Empty);

    public async Task<User?> CheckAsync(string email, string password, CancellationToken cancellationToken)
    {
        // Postgres takes no NUL, and no account has one.
        var normalized = normalizer.NormalizeEmail(email.Trim()).Replace("\0", " ", StringComparison.Ordinal);
        var user = await database.Users.SingleOrDefaultAsync(row => row.NormalizedEmail == normalized, cancellationToken);
        var now = clock.GetUtcNow();

        var result = hasher.VerifyHashedPassword(user!, user?.PasswordHash ?? _unknownUserHash, password);
        if (user is null || user.IsLockedOut(now))
        {
            return null;
        }

        if (result is PasswordVerificationResult.Failed)
        {
            await CountFailureAsync(user, now, cancellationToken);
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

    // In the database, so that parallel guesses are all counted.
    private Task<int> CountFailureAsync(User user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var lockoutEnd = now + LockoutLength;
        return database.Users.Where(row => row.Id == user.Id).ExecuteUpdateAsync(
            update => update
                .SetProperty(row => row.LockoutEnd, row => row.AccessFailedCount + 1 >= FailuresBeforeLockout ? lockoutEnd : row.LockoutEnd)
                .SetProperty(row => row.AccessFailedCount, row => row.AccessFailedCount + 1 >= FailuresBeforeLockout ? 0 : row.AccessFailedCount + 1),
            cancellationToken);
    }
}
