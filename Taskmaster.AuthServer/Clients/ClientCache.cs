using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Data;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.AuthServer.Users;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.AuthServer.Clients;

/// <summary>
/// Client registrations in memory, so that issuing and introspecting tokens needs no SQL. A change on any replica
/// evicts at once (<see cref="ClientEvictions"/>); <see cref="Lifetime"/> bounds what a lost eviction can cost.
/// A client that is disabled, or whose owner is, is not there. The clients it hands out are shared and must not be changed.
/// </summary>
internal sealed class ClientCache(IServiceScopeFactory scopes, AuthServerMetrics metrics, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long after a client is ended a replica may still issue it tokens, if it does not hear of it: it has read the client a moment
    /// before the end was committed, which takes a few statements and is given as long again.
    /// </summary>
    public static readonly TimeSpan Reach = 2 * Lifetime;

    // Far more than the clients that are active within Lifetime; bounds the memory of the cache.
    private const int MaximumEntries = 10_000;

    // Bounds the clients without a row: what describes them is fetched again when it is needed.
    private const int MaximumLent = 1_000;

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Client> _lent = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ReadUnderWay> _underWay = new(StringComparer.Ordinal);
    private long _evictions;
    private long _reads;

    /// <summary>How many reads have begun; see <see cref="WasReadAfter"/>.</summary>
    public long Reads => Interlocked.Read(ref _reads);

    public async ValueTask<Client?> FindAsync(string clientId, CancellationToken cancellationToken)
    {
        if (Cached(clientId) is { } cached)
        {
            return cached;
        }

        metrics.LookedUpClient(cached: false);
        return await ReadTogetherAsync(clientId).WithQueryTimeoutAsync(cancellationToken) ?? _lent.GetValueOrDefault(clientId);
    }

    /// <summary>A client that a document describes and that no user has let in yet: it has no row, and this replica knows it.</summary>
    public void Lend(Client client)
    {
        if (_lent.Count >= MaximumLent)
        {
            _lent.Clear();
        }

        _lent[client.ClientId] = client;
    }

    /// <summary>Forgets a client that was lent.</summary>
    public void TakeBack(string clientId) => _lent.TryRemove(clientId, out _);

    /// <summary>The client if it need not be read; null says nothing about whether there is one.</summary>
    public Client? Cached(string clientId)
    {
        if (!_entries.TryGetValue(clientId, out var entry) || entry.FreshUntil <= clock.GetUtcNow())
        {
            return null;
        }

        // A miss is counted by FindAsync, which is called after one.
        metrics.LookedUpClient(cached: true);
        return entry.Client;
    }

    /// <summary>
    /// The client as it was last read, however long ago: enough to tell whose a request claims to be, and nothing to answer it by.
    /// </summary>
    public Client? Remembered(string clientId) => _entries.TryGetValue(clientId, out var entry) ? entry.Client : null;

    /// <summary>
    /// Whether what the cache handed out was read after the first <paramref name="reads"/>, so that reading it again would tell nothing
    /// new.
    /// </summary>
    public bool WasReadAfter(long reads, Client client) =>
        _entries.TryGetValue(client.ClientId, out var entry) && ReferenceEquals(entry.Client, client) && entry.Read > reads;

    /// <summary>Reads past the cache. Unknown clients are not remembered: a client may be registered the next moment.</summary>
    public Task<Client?> ReloadAsync(string clientId, CancellationToken cancellationToken) =>
        ReadAsync(clientId).WithQueryTimeoutAsync(cancellationToken);

    /// <summary>
    /// Whoever asks for a client while it is read waits for that read, unless something was evicted since it began: to a replica that
    /// has just started, all requests of a client come at once.
    /// </summary>
    private async Task<Client?> ReadTogetherAsync(string clientId)
    {
        var own = new ReadUnderWay(Interlocked.Read(ref _evictions), new(TaskCreationOptions.RunContinuationsAsynchronously));
        var first = _underWay.GetOrAdd(clientId, own);
        if (first != own)
        {
            return await (first.Evictions == own.Evictions ? first.Client.Task : ReadAsync(clientId));
        }

        var read = ReadAsync(clientId);
        try
        {
            return await read;
        }
        finally
        {
            _ = _underWay.TryRemove(clientId, out _);
            own.Client.SetFromTask(read);
        }
    }

    private async Task<Client?> ReadAsync(string clientId)
    {
        if (clientId.Length > ClientConfiguration.ClientIdMaxLength || clientId.Contains('\0', StringComparison.Ordinal))
        {
            // No client has such an id, and Postgres takes no NUL.
            return null;
        }

        var read = Interlocked.Increment(ref _reads);
        var evictions = Interlocked.Read(ref _evictions);

        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AuthDbContext>();
        var client = await database.Clients
            .AsNoTracking()
            .Include(row => row.Secrets)
            .SingleOrDefaultAsync(
                row => row.ClientId == clientId
                    && row.DisabledAt == null
                    && !database.Set<User>().Any(owner => owner.Id == row.OwnerId && owner.DisabledAt != null));

        // An eviction during the read may be about what was just read; then the next request reads again.
        if (client is null || Interlocked.Read(ref _evictions) != evictions)
        {
            _ = _entries.TryRemove(clientId, out _);
            return client;
        }

        if (_entries.Count >= MaximumEntries)
        {
            _entries.Clear();
        }

        _entries[clientId] = new Entry(client, clock.GetUtcNow() + Lifetime, read);
        return client;
    }

    public void Evict(string clientId)
    {
        Interlocked.Increment(ref _evictions);
        _ = _entries.TryRemove(clientId, out _);
    }

    public void EvictAll()
    {
        Interlocked.Increment(ref _evictions);
        _entries.Clear();
    }

    private sealed record ReadUnderWay(long Evictions, TaskCompletionSource<Client?> Client);

    private sealed record Entry(Client Client, DateTimeOffset FreshUntil, long Read);
}
