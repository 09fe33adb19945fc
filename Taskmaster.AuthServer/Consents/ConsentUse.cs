using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Data;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.AuthServer.Consents;

/// <summary>When a client last got a token of a user: a write for each would cost more than the token.</summary>
internal sealed class ConsentUse(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ConsentUse> logger)
    : WriteBehind<AuthDbContext, (Guid UserId, string ClientId), DateTimeOffset>(Period, scopes, clock, logger)
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    private readonly TimeProvider _clock = clock;

    public void Note(Guid userId, string clientId) => Put((userId, clientId), _clock.GetUtcNow());

    protected override Task WriteAsync(
        AuthDbContext database,
        IReadOnlyList<KeyValuePair<(Guid UserId, string ClientId), DateTimeOffset>> values,
        CancellationToken cancellationToken)
    {
        Guid[] users = [.. values.Select(use => use.Key.UserId)];
        string[] clients = [.. values.Select(use => use.Key.ClientId)];
        DateTimeOffset[] times = [.. values.Select(use => use.Value)];

        // Another replica may have written a later time.
        return database.Database.ExecuteSqlAsync(
            $"""
             UPDATE consents SET last_used_at = greatest(last_used_at, used.at)
             FROM unnest({users}, {clients}, {times}) AS used (user_id, client_id, at)
             JOIN clients ON clients.client_id = used.client_id
             WHERE consents.user_id = used.user_id AND consents.client_id = clients.id
             """,
            cancellationToken);
    }
}
