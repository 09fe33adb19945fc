namespace Taskmaster.ServiceDefaults;

/// <summary>
/// Does at once what several requests ask for at the same time (docs/decisions/0014). What is asked is done when the
/// thread pool gets to it, behind the work that waits there already: where there is much of it, others have asked as well
/// by then, and where there is none, nobody waits. No clock is involved.
/// </summary>
/// <param name="most">How much one batch takes; what comes after begins another.</param>
/// <param name="run">
/// Does a batch and gives the results in the order of what was asked. Each is passed on as it comes; what is thrown goes
/// to those who have none yet.
/// </param>
/// <param name="schedule">Where a batch waits for its turn: the thread pool, unless a test wants to see what is in one.</param>
internal sealed class Batcher<TAsked, TResult>(
    int most, Func<IReadOnlyList<TAsked>, IAsyncEnumerable<TResult>> run, Func<WaitCallback, object?, bool>? schedule = null)
{
    // In the context of whoever asked first: a trace shows the work below their request.
    private readonly Func<WaitCallback, object?, bool> _schedule = schedule ?? ThreadPool.QueueUserWorkItem;
    private readonly Lock _lock = new();
    private Batch? _open;

    public Task<TResult> RunAsync(TAsked asked)
    {
        Batch? begun = null;
        var result = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);

        lock (_lock)
        {
            var batch = _open ??= begun = new();
            batch.Asked.Add(asked);
            batch.Results.Add(result);
            if (batch.Asked.Count == most)
            {
                _open = null;
            }
        }

        if (begun is not null)
        {
            _schedule(state => _ = RunAsync((Batch)state!), begun);
        }

        return result.Task;
    }

    private async Task RunAsync(Batch batch)
    {
        lock (_lock)
        {
            if (_open == batch)
            {
                _open = null;
            }
        }

        var told = 0;
        try
        {
            await foreach (var result in run(batch.Asked).ConfigureAwait(false))
            {
                batch.Results[told++].SetResult(result);
            }

            if (told < batch.Results.Count)
            {
                throw new InvalidOperationException($"A batch of {batch.Results.Count} had {told} results.");
            }
        }
        catch (Exception exception)
        {
            foreach (var result in batch.Results.Skip(told))
            {
                result.SetException(exception);
            }
        }
    }

    private sealed class Batch
    {
        public List<TAsked> Asked { get; } = [];

        public List<TaskCompletionSource<TResult>> Results { get; } = [];
    }
}
