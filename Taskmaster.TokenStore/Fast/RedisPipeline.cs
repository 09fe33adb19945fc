using StackExchange.Redis;
using Taskmaster.TokenStore.Redis;

namespace Taskmaster.TokenStore.Fast;

/// <summary>
/// Sends the commands of requests that come together in one go, and has their answers read in one: what each waits for
/// otherwise, of the network and of a disk, is a good part of its cost (docs/performance.md). A command is sent when the
/// thread pool gets to it, behind the work that waits there already; no clock is involved. Each command is still one of
/// its own, with an answer or an error of its own.
/// </summary>
/// <param name="redis">Where to.</param>
/// <param name="schedule">Where commands wait for their turn: the thread pool, unless a test wants to see what is sent together.</param>
internal sealed class RedisPipeline(IConnectionMultiplexer redis, Func<WaitCallback, object?, bool>? schedule = null) : ITokenCommands
{
    private readonly Func<WaitCallback, object?, bool> _schedule = schedule ?? ThreadPool.UnsafeQueueUserWorkItem;
    private readonly Lock _opening = new();
    private IBatch? _open;

    public Task<T> SendAsync<T>(Func<IDatabaseAsync, Task<T>> command)
    {
        lock (_opening)
        {
            if (_open is null)
            {
                // Scheduled before the command runs, because the command may throw and later commands join the same batch.
                _open = redis.GetDatabase().CreateBatch();
                _schedule(Send, _open);
            }

            return command(_open);
        }
    }

    private void Send(object? batch)
    {
        lock (_opening)
        {
            if (_open == batch)
            {
                _open = null;
            }
        }

        try
        {
            ((IBatch)batch!).Execute();
        }
        catch (Exception exception) when (exception is RedisException or ObjectDisposedException)
        {
            // Redis cannot be reached. The tasks of the commands fail, or their callers time out.
        }
    }
}
