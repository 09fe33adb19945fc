namespace Taskmaster.ServiceDefaults.RateLimits;

/// <summary>
/// One caller's requests in the current window, as this replica knows them: its own, and what Redis had from all at the last exchange.
/// </summary>
internal sealed class WindowCounter
{
    private readonly Lock _lock = new();
    private long _window;
    private long _counted;
    private long _unsent;

    /// <summary>
    /// Counts one request. One that is refused is not counted, so that a caller who keeps trying gets in with the next window.
    /// </summary>
    /// <returns>How many are left, or -1 when there was none.</returns>
    public long Take(long window, long limit)
    {
        lock (_lock)
        {
            var left = LeftIn(window, limit);
            if (left <= 0)
            {
                return -1;
            }

            _unsent++;
            return left - 1;
        }
    }

    /// <summary>Uncounts a request of this window; the next exchange with Redis includes that.</summary>
    public void GiveBack(long window)
    {
        lock (_lock)
        {
            if (window == _window)
            {
                _unsent--;
            }
        }
    }

    /// <summary>The result that <see cref="Take"/> would have, without counting the request.</summary>
    public long Peek(long window, long limit)
    {
        lock (_lock)
        {
            return LeftIn(window, limit) - 1;
        }
    }

    /// <summary>The count that was not yet sent to Redis, and its window.</summary>
    public (long Window, long Count) Unsent()
    {
        lock (_lock)
        {
            return (_window, _unsent);
        }
    }

    /// <summary>Redis took <paramref name="sent"/> and has <paramref name="total"/> from all replicas.</summary>
    public void Exchanged(long window, long sent, long total)
    {
        lock (_lock)
        {
            if (window == _window)
            {
                _unsent -= sent;
                _counted = total;
            }
        }
    }

    private long LeftIn(long window, long limit)
    {
        if (window != _window)
        {
            (_window, _counted, _unsent) = (window, 0, 0);
        }

        return Math.Max(0, limit - _counted - _unsent);
    }
}
