using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Data;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.AuthServer.Consents;

/// <summary>
/// Remembers when a client last got a token of a user and writes it down now and then, because a write for each would
/// cost more than the token. A crash forgets at most <see cref="Period"/> of it.
/// </summary>
internal sealed partial class ConsentUse(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ConsentUse> logger) : BackgroundService
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<(Guid UserId, string ClientId), DateTimeOffset> _used = new();

    public void Note(Guid userId, string clientId) => _used[(userId, clientId)] = clock.GetUtcNow();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);

        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await WriteAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await WriteAsync(CancellationToken.None);
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var noted = new List<(Guid UserId, string ClientId, DateTimeOffset At)>();
        foreach (var (userId, clientId) in _used.Keys)
        {
            if (_used.TryRemove((userId, clientId), out var at))
            {
                noted.Add((userId, clientId, at));
            }
        }

        if (noted.Count == 0)
        {
            return;
        }

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await UpdateAsync(scope.ServiceProvider.GetRequiredService<AuthDbContext>(), noted, cancellationToken);
        }
        catch (Exception exception) when (StoreOutage.IsOutage(exception))
        {
            Log.NotWritten(logger, exception);
        }
    }

    // One statement, however many users there were.
    private static Task<int> UpdateAsync(
        AuthDbContext database, List<(Guid UserId, string ClientId, DateTimeOffset At)> noted, CancellationToken cancellationToken)
    {
        var users = noted.ConvertAll(note => note.UserId).ToArray();
        var clients = noted.ConvertAll(note => note.ClientId).ToArray();
        var times = noted.ConvertAll(note => note.At).ToArray();
        return database.Database.ExecuteSqlAsync(
            $"""
             UPDATE consents SET last_used_at = used.at
             FROM unnest({users}, {clients}, {times}) AS used (user_id, client_id, at)
             JOIN clients ON clients.client_id = used.client_id
             WHERE consents.user_id = used.user_id AND consents.client_id = clients.id
             """,
            cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "When consents were last used could not be written down.")]
        public static partial void NotWritten(ILogger logger, Exception exception);
    }
}
