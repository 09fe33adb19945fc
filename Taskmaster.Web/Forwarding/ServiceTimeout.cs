namespace Taskmaster.Web.Forwarding;

/// <summary>
/// How long a service may take to accept a request and to begin its answer. The operating system accepts connections to a
/// service that is frozen, so that only a timeout tells. The timeout is suspended while the caller sends, and for good once
/// the answer has begun: a slow upload and a stream of events are no outage.
/// </summary>
internal sealed class ServiceTimeout(TimeProvider clock) : IDisposable
{
    /// <summary>A caller is told within three seconds; the services tell of a store that hangs in 2.25 where they can.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2.7);

    private readonly CancellationTokenSource _elapsed = new(Timeout.InfiniteTimeSpan, clock);

    public CancellationToken Token => _elapsed.Token;

    public bool HasElapsed => _elapsed.IsCancellationRequested;

    public void Start() => _elapsed.CancelAfter(Limit);

    public void Suspend() => _elapsed.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose() => _elapsed.Dispose();
}
