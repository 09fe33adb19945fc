using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.TasksApi.ApiKeys;

/// <summary>
/// Finds living keys: one indexed query, and none for a key that was found within <see cref="Memory"/>. That bound is
/// all there is to revocation: no message has to reach this replica, so none can be lost. A key that was revoked,
/// whose user is gone, or that expired is refused at most <see cref="Memory"/> later, everywhere.
/// </summary>
internal sealed class ApiKeyLookup(IServiceScopeFactory scopes, ApiKeyUse use, TimeProvider clock)
{
    /// <summary>Half of the second within which a revoked key must stop; the rest is for the request itself.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMilliseconds(500);

    // Only keys that exist are remembered, so only as many as are busy within Memory; reached by nobody honest.
    private const int MaximumEntries = 10_000;

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <exception cref="ApiKeysUnavailableException">The database does not answer: nothing is known of the key.</exception>
    public async ValueTask<ApiKey?> FindAsync(string value, CancellationToken cancellationToken)
    {
        if (!ApiKeyFormat.Fits(value))
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var hash = ApiKeyFormat.HashOf(value);
        var name = Convert.ToBase64String(hash);
        if (!_entries.TryGetValue(name, out var entry) || entry.ReadAt + Memory <= now)
        {
            // The time before the read counts: what is committed after it is not in the answer.
            entry = new Entry(await ReadAsync(hash, cancellationToken), now);
            Remember(name, entry);
        }

        if (entry.Key is not { } key || key.ExpiresAt <= now)
        {
            return null;
        }

        use.Note(key.Id, now);
        return key;
    }

    private async Task<ApiKey?> ReadAsync(byte[] hash, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(hash).WithQueryTimeoutAsync(cancellationToken);
        }
        catch (Exception exception) when (IsOutage(exception))
        {
            throw new ApiKeysUnavailableException(exception);
        }
    }

    private async Task<ApiKey?> AskAsync(byte[] hash)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ApiKeysDbContext>().ApiKeys
            .AsNoTracking()
            .SingleOrDefaultAsync(key => key.Hash == hash, CancellationToken.None);
    }

    private void Remember(string name, Entry entry)
    {
        if (entry.Key is null)
        {
            _ = _entries.TryRemove(name, out _);
            return;
        }

        if (_entries.Count >= MaximumEntries)
        {
            _entries.Clear();
        }

        _entries[name] = entry;
    }

    // The table is missing until AuthServer, which starts beside this service, has made it.
    private static bool IsOutage(Exception exception) =>
        StoreOutage.IsOutage(exception)
        || exception.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable };

    private sealed record Entry(ApiKey? Key, DateTimeOffset ReadAt);
}
