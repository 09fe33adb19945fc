namespace Taskmaster.Web.Forwarding;

/// <summary>
/// How long a service may take to accept what it is sent and to begin its answer. One that is frozen still has its
/// connections accepted by the machine, so that only the clock tells. It stands while the caller is the one to send, and
/// for good once the answer has begun: a slow upload and a stream of events are nobody's outage.
/// </summary>
internal sealed class ServicePatience(TimeProvider clock) : IDisposable
{
    /// <summary>A caller is told within three seconds; the services tell of a store that hangs in 2.25 where they can.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2.7);

    private readonly CancellationTokenSource _end = new(Timeout.InfiniteTimeSpan, clock);

    public CancellationToken End => _end.Token;

    public bool IsOver => _end.IsCancellationRequested;

    public void ServicesTurn() => _end.CancelAfter(Limit);

    public void CallersTurn() => _end.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose() => _end.Dispose();
}
