using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Taskmaster.ServiceDefaults.Hosting;

/// <summary>
/// Takes what a request must not wait for a store to write, the last value for each key, and has all of it written at once
/// every few seconds and when the service stops. What an outage left unwritten is written after it, the newest
/// <see cref="Capacity"/> keys; a crash forgets what was noted since the last write.
/// </summary>
/// <param name="period">How long a value waits for its write.</param>
/// <param name="clock">Tells when a period is over.</param>
/// <param name="logger">Is told of an outage once, however long it lasts.</param>
public abstract partial class BackgroundWrites<TKey, TValue>(TimeSpan period, TimeProvider clock, ILogger logger) : BackgroundService
    where TKey : notnull
{
    public const int Capacity = 10_000;

    private readonly ConcurrentDictionary<TKey, TValue> _values = new();

    // Each key of the dictionary once, the oldest first; those of a write that is under way are with it instead.
    private readonly ConcurrentQueue<TKey> _order = new();

    private bool _isAway;

    /// <summary>Writes all of them. It may come a second time: an outage can hide that the first succeeded.</summary>
    protected abstract Task WriteAsync(IReadOnlyList<KeyValuePair<TKey, TValue>> values, CancellationToken cancellationToken);

    /// <summary>The value that waits to be written.</summary>
    protected bool TryGetNoted(TKey key, out TValue? value) => _values.TryGetValue(key, out value);

    /// <summary>Replaces what waits for the same key.</summary>
    protected void Put(TKey key, TValue value)
    {
        while (!_values.TryAdd(key, value))
        {
            // Not by the indexer: a write may end in between, and would leave a key that is in no queue.
            if (_values.TryGetValue(key, out var waiting) && _values.TryUpdate(key, value, waiting))
            {
                return;
            }
        }

        _order.Enqueue(key);
        ForgetOldest();
    }

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await WriteAllAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await WriteAllAsync(CancellationToken.None);
        }
    }

    private async Task WriteAllAsync(CancellationToken cancellationToken)
    {
        var keys = TakeKeys();
        if (keys.Count > 0)
        {
            await WriteAsync(keys, cancellationToken);
        }
    }

    private async Task WriteAsync(List<TKey> keys, CancellationToken cancellationToken)
    {
        // Values stay where they are until they are written, so that no way out of here loses one.
        var values = keys.ConvertAll(key => KeyValuePair.Create(key, _values[key]));
        try
        {
            await WriteAsync(values, cancellationToken);
            Forget(values);
            _isAway = false;
        }
        catch (Exception exception) when (StoreOutage.IsOutage(exception))
        {
            PutBack(keys);
            if (!_isAway)
            {
                _isAway = true;
                Log.Waiting(logger, GetType().Name, values.Count, exception);
            }
        }
        catch (Exception exception) when (keys.Count > 1 && IsRefusal(exception))
        {
            await WriteHalvesAsync(keys, cancellationToken);
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            // Postgres refuses this value, and would again. An exception that left here would stop the whole service.
            Forget(values);
            Log.Refused(logger, GetType().Name, exception);
        }
        catch (OperationCanceledException)
        {
            PutBack(keys);
            throw;
        }
    }

    /// <summary>
    /// Postgres refuses a statement as a whole: the values that it would take must not be lost with one that it does not.
    /// </summary>
    private async Task WriteHalvesAsync(List<TKey> keys, CancellationToken cancellationToken)
    {
        var later = keys[(keys.Count / 2)..];
        try
        {
            await WriteAsync(keys[..(keys.Count / 2)], cancellationToken);
        }
        catch (OperationCanceledException)
        {
            PutBack(later);
            throw;
        }

        await WriteAsync(later, cancellationToken);
    }

    private static bool IsRefusal(Exception exception) => exception is DbException or DbUpdateException;

    private List<TKey> TakeKeys()
    {
        var keys = new List<TKey>();
        while (_order.TryDequeue(out var key))
        {
            keys.Add(key);
        }

        return keys;
    }

    private void Forget(List<KeyValuePair<TKey, TValue>> values)
    {
        foreach (var value in values)
        {
            // Noted again meanwhile: that is for the next write.
            if (!_values.TryRemove(value))
            {
                _order.Enqueue(value.Key);
            }
        }
    }

    private void PutBack(List<TKey> keys)
    {
        // In front of those that came meanwhile.
        keys.AddRange(TakeKeys());
        keys.ForEach(_order.Enqueue);
        ForgetOldest();
    }

    private void ForgetOldest()
    {
        while (_order.Count > Capacity && _order.TryDequeue(out var oldest))
        {
            _ = _values.TryRemove(oldest, out _);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Name}: {Count} values wait for their store to be back.")]
        public static partial void Waiting(ILogger logger, string name, int count, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "{Name}: Postgres refused a value, which is lost.")]
        public static partial void Refused(ILogger logger, string name, Exception exception);
    }
}
