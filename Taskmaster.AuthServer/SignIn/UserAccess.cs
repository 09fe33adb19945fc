using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Taskmaster.AuthServer.ApiKeys;
using Taskmaster.AuthServer.Audit;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Data;
using Taskmaster.AuthServer.Sessions;
using Taskmaster.AuthServer.Users;
using Taskmaster.TokenStore.OpenIddict;

namespace Taskmaster.AuthServer.SignIn;

/// <summary>
/// What takes a user's access away everywhere at once. Tokens are revoked before it is written, so that an outage of
/// Redis changes nothing and it can be done again, and after it, for one issued in between.
/// </summary>
internal sealed class UserAccess(
    AuthDbContext database, IOpenIddictTokenManager tokens, TokenUnitOfWork unit, ClientEvictions evictions, IPasswordHasher<User> hasher,
    AuditTrail audit, TimeProvider clock)
{
    /// <summary>
    /// A new password ends all sessions, this one too, and the tokens of every client. What clients the user let in stays, and
    /// so do API keys, which programs have that nobody is there to sign in for, unless the user wants them ended.
    /// </summary>
    /// <returns>False when the password was changed since <paramref name="user"/> was read: what was typed as the current one is not.</returns>
    public async Task<bool> ChangePasswordAsync(User user, string password, bool endApiKeys, CancellationToken cancellationToken)
    {
        await RevokeAsync(user, cancellationToken);

        await using (var transaction = await database.Database.BeginTransactionAsync(cancellationToken))
        {
            // Holds the row until the commit, so that of two changes at once the second sees the first.
            var stamp = user.SecurityStamp;
            if (await database.Users.Where(row => row.Id == user.Id && row.SecurityStamp == stamp).ExecuteUpdateAsync(
                update => update.SetProperty(row => row.SecurityStamp, stamp), cancellationToken) == 0)
            {
                return false;
            }

            user.ChangePassword(hasher.HashPassword(user, password), clock.GetUtcNow());
            audit.Add(AuditEventType.PasswordChanged, user.Id);
            var keys = database.ApiKeys.AsNoTracking().Where(row => row.UserId == user.Id);
            foreach (var key in endApiKeys ? await keys.ToListAsync(cancellationToken) : [])
            {
                if (await keys.Where(row => row.Id == key.Id).ExecuteDeleteAsync(cancellationToken) > 0)
                {
                    audit.Add(AuditEventType.ApiKeyDeleted, user.Id, details: key.Name);
                }
            }

            await SaveWithoutSessionsAsync(user, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await RevokeAsync(user, cancellationToken);
        return true;
    }

    /// <summary>
    /// Ends everything of the user's, the clients they own as well, until <see cref="EnableAsync"/>; their API keys for good.
    /// </summary>
    /// <returns>False when there is no such user.</returns>
    public async Task<bool> DisableAsync(Guid userId, CancellationToken cancellationToken)
    {
        if (await database.Users.SingleOrDefaultAsync(row => row.Id == userId, cancellationToken) is not { } user)
        {
            return false;
        }

        var clients = await ClientsOf(user).ToListAsync(cancellationToken);
        await RevokeAsync(user, cancellationToken);

        await using (var transaction = await database.Database.BeginTransactionAsync(cancellationToken))
        {
            user.Disable(clock.GetUtcNow());
            audit.Add(AuditEventType.UserDisabled, user.Id);
            await database.ApiKeys.Where(key => key.UserId == userId).ExecuteDeleteAsync(cancellationToken);
            await SaveWithoutSessionsAsync(user, cancellationToken);
            foreach (var client in clients)
            {
                await unit.EndClientAsync(client.Id.ToString("D"), ClientCache.Reach, cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
        }

        foreach (var client in clients)
        {
            await evictions.AnnounceAsync(client);
        }

        await RevokeAsync(user, cancellationToken);
        return true;
    }

    /// <summary>The user signs in again, and their clients ask for new tokens.</summary>
    /// <returns>False when there is no such user.</returns>
    public async Task<bool> EnableAsync(Guid userId, CancellationToken cancellationToken)
    {
        if (await database.Users.SingleOrDefaultAsync(row => row.Id == userId, cancellationToken) is not { } user)
        {
            return false;
        }

        foreach (var client in user.DisabledAt is null ? [] : await ClientsOf(user).ToListAsync(cancellationToken))
        {
            // It was revoked ahead of time; from now on it gets tokens that work, unless it is disabled itself.
            if (client.DisabledAt is null)
            {
                await tokens.RevokeByApplicationIdAsync(client.Id.ToString("D"), cancellationToken);
            }
        }

        user.Enable();
        audit.Add(AuditEventType.UserEnabled, user.Id);
        await database.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>Ends the user's tokens with every client, and nothing else: sign-ins, consents and API keys stay.</summary>
    /// <returns>False when there is no such user.</returns>
    public async Task<bool> RevokeTokensAsync(Guid userId, CancellationToken cancellationToken)
    {
        if (await database.Users.SingleOrDefaultAsync(row => row.Id == userId, cancellationToken) is not { } user)
        {
            return false;
        }

        audit.Add(AuditEventType.TokenRevoked, user.Id);
        await RevokeAsync(user, cancellationToken);
        await database.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>The sessions by one statement, which none that ends meanwhile disturbs.</summary>
    private async Task SaveWithoutSessionsAsync(User user, CancellationToken cancellationToken)
    {
        await database.SaveChangesAsync(cancellationToken);
        await database.Sessions.Where(session => session.UserId == user.Id).ExecuteDeleteAsync(cancellationToken);
    }

    private IQueryable<Client> ClientsOf(User user) => database.Clients.AsNoTracking().Where(client => client.OwnerId == user.Id);

    private async Task RevokeAsync(User user, CancellationToken cancellationToken) =>
        await tokens.RevokeBySubjectAsync(user.Id.ToString("D"), cancellationToken);
}
