using Microsoft.EntityFrameworkCore;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.TasksApi.ApiKeys;

/// <summary>When API keys were last used: a write for each request would cost more than the request.</summary>
internal sealed class ApiKeyUse(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ApiKeyUse> logger)
    : WriteBehind<ApiKeysDbContext, Guid, DateTimeOffset>(Period, scopes, clock, logger)
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    public void Note(Guid keyId, DateTimeOffset at) => Put(keyId, at);

    protected override Task WriteAsync(
        ApiKeysDbContext database, IReadOnlyList<KeyValuePair<Guid, DateTimeOffset>> values, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. values.Select(use => use.Key)];
        DateTimeOffset[] times = [.. values.Select(use => use.Value)];

        // Another replica may have written a later time.
        return database.Database.ExecuteSqlAsync(
            $"""
             UPDATE api_keys SET last_used_at = greatest(last_used_at, used.at)
             FROM unnest({ids}, {times}) AS used (id, at)
             WHERE api_keys.id = used.id
             """,
            cancellationToken);
    }
}
