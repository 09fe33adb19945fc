using Npgsql;

namespace Taskmaster.Benchmarks.Sides.Batches;

/// <summary>
/// Sends one statement for requests that come together in one batch, as Taskmaster does for what is asked most, with nothing
/// around it that could be left out.
/// </summary>
internal sealed class SqlBatches<TAsked, TAnswer>(
    NpgsqlDataSource database,
    string sql,
    Action<NpgsqlParameterCollection, TAsked> add,
    Func<NpgsqlDataReader, TAsked, Task<TAnswer>> read)
{
    private const int MostInOne = 16;
    private const int MostUnderWay = 2;

    private readonly Lock _lock = new();
    private readonly Queue<Waiting> _waiting = new();
    private bool _isScheduled;
    private int _underWay;

    public Task<TAnswer> AskAsync(TAsked asked)
    {
        var waiting = new Waiting(asked);
        lock (_lock)
        {
            _waiting.Enqueue(waiting);
            ScheduleNext();
        }

        return waiting.Task;
    }

    private void ScheduleNext()
    {
        if (!_isScheduled && _waiting.Count > 0 && _underWay < MostUnderWay)
        {
            _isScheduled = true;
            ThreadPool.UnsafeQueueUserWorkItem(static batches => _ = batches.RunAsync(), this, false);
        }
    }

    private async Task RunAsync()
    {
        var asked = new List<Waiting>(MostInOne);
        lock (_lock)
        {
            _isScheduled = false;
            _underWay++;
            while (asked.Count < MostInOne && _waiting.TryDequeue(out var next))
            {
                asked.Add(next);
            }

            ScheduleNext();
        }

        try
        {
            await AnswerAsync(asked);
        }
        catch (Exception exception)
        {
            asked.ForEach(waiting => waiting.TrySetException(exception));
        }

        lock (_lock)
        {
            _underWay--;
            ScheduleNext();
        }
    }

    private async Task AnswerAsync(List<Waiting> asked)
    {
        await using var batch = database.CreateBatch();
        foreach (var waiting in asked)
        {
            var command = new NpgsqlBatchCommand(sql);
            add(command.Parameters, waiting.Asked);
            batch.BatchCommands.Add(command);
        }

        await using var row = await batch.ExecuteReaderAsync();
        foreach (var waiting in asked)
        {
            waiting.SetResult(await read(row, waiting.Asked));
            await row.NextResultAsync();
        }
    }

    private sealed class Waiting(TAsked asked) : TaskCompletionSource<TAnswer>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public TAsked Asked => asked;
    }
}
