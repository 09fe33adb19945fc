using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Data;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.AuthServer.Clients;

/// <summary>When secrets were last used: a write for each token request would cost more than the request.</summary>
internal sealed class ClientSecretUse(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ClientSecretUse> logger)
    : WriteBehind<AuthDbContext, Guid, DateTimeOffset>(Period, scopes, clock, logger)
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Precision = TimeSpan.FromSeconds(1);

    /// <summary>To the second: what the busiest clients do all the time need not be noted each time.</summary>
    public void Note(Guid secretId, DateTimeOffset at)
    {
        if (!TryGetNoted(secretId, out var noted) || at - noted >= Precision)
        {
            Put(secretId, at);
        }
    }

    protected override Task WriteAsync(
        AuthDbContext database, IReadOnlyList<KeyValuePair<Guid, DateTimeOffset>> values, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. values.Select(use => use.Key)];
        DateTimeOffset[] times = [.. values.Select(use => use.Value)];

        // Another replica may have written a later time.
        return database.Database.ExecuteSqlAsync(
            $"""
             UPDATE client_secrets SET last_used_at = greatest(last_used_at, used.at)
             FROM unnest({ids}, {times}) AS used (id, at)
             WHERE client_secrets.id = used.id
             """,
            cancellationToken);
    }
}
