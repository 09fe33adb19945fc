using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Data;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.AuthServer.Clients;

/// <summary>
/// Remembers when a secret was last used and writes it down now and then, because a write for each token request
/// would cost more than the request. A crash forgets at most <see cref="Period"/> of it.
/// </summary>
internal sealed partial class ClientSecretUse(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ClientSecretUse> logger)
    : BackgroundService
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Precision = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _used = new();

    /// <summary>To the second: what the busiest clients do all the time need not be written each time.</summary>
    public void Note(Guid secretId, DateTimeOffset at)
    {
        if (!_used.TryGetValue(secretId, out var noted) || at - noted >= Precision)
        {
            _used[secretId] = at;
        }
    }

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
        try
        {
            foreach (var secretId in _used.Keys)
            {
                if (_used.TryRemove(secretId, out var at))
                {
                    await using var scope = scopes.CreateAsyncScope();
                    await scope.ServiceProvider.GetRequiredService<AuthDbContext>().ClientSecrets
                        .Where(secret => secret.Id == secretId)
                        .ExecuteUpdateAsync(update => update.SetProperty(secret => secret.LastUsedAt, at), cancellationToken);
                }
            }
        }
        catch (Exception exception) when (StoreOutage.IsOutage(exception))
        {
            Log.NotWritten(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "When client secrets were last used could not be written down.")]
        public static partial void NotWritten(ILogger logger, Exception exception);
    }
}
