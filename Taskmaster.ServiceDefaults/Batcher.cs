namespace Taskmaster.ServiceDefaults;

/// <summary>
/// Does at once what several requests ask for at the same time (docs/decisions/0014). What is asked is done when the
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
    int mostInOne, int mostUnderWay, Func<IReadOnlyList<TAsked>, IAsyncEnumerable<TResult>> run, Func<WaitCallback, object?, bool>? schedule = null)
{
    // In the context of whoever had it scheduled: a trace shows the work below their request.
    private readonly Func<WaitCallback, object?, bool> _schedule = schedule ?? ThreadPool.QueueUserWorkItem;
    private readonly Lock _lock = new();
    private readonly Queue<(TAsked Asked, TaskCompletionSource<TResult> Result)> _waiting = new();
    private bool _isScheduled;
    private int _underWay;

    public Task<TResult> RunAsync(TAsked asked)
    {
        var result = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);

        lock (_lock)
        {
            _waiting.Enqueue((asked, result));
        }

        ScheduleNext();
        return result.Task;
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

        _schedule(_ => _ = RunNextAsync(), null);
    }

    private async Task RunNextAsync()
    {
        var asked = new List<TAsked>();
        var results = new List<TaskCompletionSource<TResult>>();

        lock (_lock)
        {
            _isScheduled = false;
            _underWay++;
            while (asked.Count < mostInOne && _waiting.TryDequeue(out var next))
            {
                asked.Add(next.Asked);
                results.Add(next.Result);
            }
        }

        ScheduleNext();
        await RunAsync(asked, results).ConfigureAwait(false);

        lock (_lock)
        {
            _underWay--;
        }

        ScheduleNext();
    }

    private async Task RunAsync(List<TAsked> asked, List<TaskCompletionSource<TResult>> results)
    {
        var told = 0;
        try
        {
            await foreach (var result in run(asked).ConfigureAwait(false))
            {
                results[told++].SetResult(result);
            }

            if (told < results.Count)
            {
                throw new InvalidOperationException($"A batch of {results.Count} had {told} results.");
            }
        }
        catch (Exception exception)
        {
            foreach (var result in results.Skip(told))
            {
                result.SetException(exception);
            }
        }
    }
}
