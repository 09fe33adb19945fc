namespace Taskmaster.ServiceDefaults.Fast;

/// <summary>
/// Does at once what several requests ask for at the same time (docs/performance.md, bars 7 and 8). What is asked is done when the
/// thread pool gets to it, behind the work that waits there already, and when few enough batches are under way: where
/// there is much to do, others have asked as well by then, and where there is little, nobody waits. No clock is involved.
/// </summary>
/// <param name="mostInOne">How much one batch takes; the rest is for the next.</param>
/// <param name="mostUnderWay">How many batches are done side by side.</param>
/// <param name="run">
/// Does a batch and gives the results in the order of what was asked. Each is passed on as it comes; what is thrown goes
/// to those who have none yet.
/// </param>
/// <param name="schedule">Where a batch waits for its turn: the thread pool, unless a test wants to see what is in one.</param>
internal sealed class Batcher<TAsked, TResult>(
    int mostInOne, int mostUnderWay, Func<IReadOnlyList<TAsked>, IAsyncEnumerable<TResult>> run,
    Func<WaitCallback, object?, bool>? schedule = null)
{
    private readonly Func<WaitCallback, object?, bool> _schedule = schedule ?? ThreadPool.UnsafeQueueUserWorkItem;
    private readonly Lock _lock = new();
    private readonly Queue<Waiting> _waiting = new();
    private bool _isScheduled;
    private int _underWay;

    public Task<TResult> RunAsync(TAsked asked)
    {
        var waiting = new Waiting(asked, ExecutionContext.Capture());

        lock (_lock)
        {
            _waiting.Enqueue(waiting);
        }

        ScheduleNext();
        return waiting.Task;
    }

    private void ScheduleNext()
    {
        lock (_lock)
        {
            if (_isScheduled || _waiting.Count == 0 || _underWay == mostUnderWay)
            {
                return;
            }

            _isScheduled = true;
        }

        _schedule(_ => RunNext(), null);
    }

    private void RunNext()
    {
        var batch = new List<Waiting>();

        lock (_lock)
        {
            _isScheduled = false;
            _underWay++;
            while (batch.Count < mostInOne && _waiting.TryDequeue(out var next))
            {
                batch.Add(next);
            }
        }

        ScheduleNext();

        // A trace shows the work below the request that asked first.
        if (batch[0].Context is { } context)
        {
            ExecutionContext.Run(context, state => _ = RunAsync((List<Waiting>)state!), batch);
        }
        else
        {
            _ = RunAsync(batch);
        }
    }

    private async Task RunAsync(List<Waiting> batch)
    {
        var told = 0;
        try
        {
            await foreach (var result in run([.. batch.Select(waiting => waiting.Asked)]).ConfigureAwait(false))
            {
                batch[told++].SetResult(result);
            }

            if (told < batch.Count)
            {
                throw new InvalidOperationException($"A batch of {batch.Count} had {told} results.");
            }
        }
        catch (Exception exception)
        {
            foreach (var waiting in batch.Skip(told))
            {
                waiting.SetException(exception);
            }
        }

        lock (_lock)
        {
            _underWay--;
        }

        ScheduleNext();
    }

    private sealed class Waiting(TAsked asked, ExecutionContext? context)
        : TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public TAsked Asked => asked;

        public ExecutionContext? Context => context;
    }
}
