using System.Threading.Channels;

namespace Taskmaster.TasksApi.Events;

/// <summary>A stream's place in the <see cref="ChangeWatch"/>, until it is disposed. Being woken twice is being woken once.</summary>
internal sealed class ChangeSubscription(TimeProvider clock, Action<ChangeSubscription> unsubscribe) : IDisposable
{
    private readonly Channel<bool> _calls = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Postgres continues another database than before: where this stream was means nothing in it.</summary>
    public bool IsOver { get; private set; }

    public void Wake() => _calls.Writer.TryWrite(true);

    public void End()
    {
        IsOver = true;
        Wake();
    }

    /// <summary>True when there may be changes, or it is over; false when there was no call for so long, or the caller is gone.</summary>
    public async Task<bool> WaitAsync(TimeSpan timeout, CancellationToken end)
    {
        using var elapsed = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(elapsed.Token, end);
        try
        {
            return await _calls.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public void Dispose() => unsubscribe(this);
}
