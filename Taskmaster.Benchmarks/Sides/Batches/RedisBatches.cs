using StackExchange.Redis;

namespace Taskmaster.Benchmarks.Sides.Batches;

/// <summary>
/// Sends the commands of requests that come together in one write, when the thread pool gets to it: what Taskmaster does,
/// with nothing around it that could be left out.
/// </summary>
internal sealed class RedisBatches(IConnectionMultiplexer redis)
{
    private readonly IDatabase _database = redis.GetDatabase();
    private readonly Lock _opening = new();
    private IBatch? _open;

    public Task<T> SendAsync<T>(Func<IDatabaseAsync, Task<T>> command)
    {
        lock (_opening)
        {
            if (_open is null)
            {
                _open = _database.CreateBatch();
                ThreadPool.UnsafeQueueUserWorkItem(static batches => batches.Execute(), this, false);
            }

            return command(_open);
        }
    }

    private void Execute()
    {
        IBatch batch;
        lock (_opening)
        {
            batch = _open!;
            _open = null;
        }

        batch.Execute();
    }
}
