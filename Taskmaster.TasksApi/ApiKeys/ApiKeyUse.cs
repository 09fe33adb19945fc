using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Taskmaster.TasksApi.ApiKeys;

/// <summary>
/// Remembers when a key was last used and writes it down now and then, all keys in one statement, because a write for
/// each request would cost more than the request. A crash forgets at most <see cref="Period"/> of it.
/// </summary>
internal sealed partial class ApiKeyUse(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ApiKeyUse> logger) : BackgroundService
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    private ConcurrentDictionary<Guid, DateTimeOffset> _used = new();

    public void Note(Guid keyId, DateTimeOffset at) => _used[keyId] = at;

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
        var used = Interlocked.Exchange(ref _used, new()).ToArray();
        if (used.Length == 0)
        {
            return;
        }

        Guid[] ids = [.. used.Select(entry => entry.Key)];
        DateTimeOffset[] times = [.. used.Select(entry => entry.Value)];
        try
        {
            await using var scope = scopes.CreateAsyncScope();

            // Another replica may have written a later time.
            await scope.ServiceProvider.GetRequiredService<ApiKeysDbContext>().Database.ExecuteSqlAsync(
                $"""
                UPDATE api_keys SET last_used_at = greatest(last_used_at, used.at)
                FROM unnest({ids}, {times}) AS used (id, at)
                WHERE api_keys.id = used.id
                """,
                cancellationToken);
        }
        catch (DbException exception)
        {
            Log.NotWritten(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "When API keys were last used could not be written down.")]
        public static partial void NotWritten(ILogger logger, Exception exception);
    }
}
