using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Taskmaster.TasksApi.Answers;
using Taskmaster.TasksApi.Authentication;

namespace Taskmaster.TasksApi.Events;

/// <summary>
/// A caller's changes from a position on, for as long as the caller stays admitted. It reads at the pace at which its
/// events are taken, a batch at a time, so that a slow reader costs no memory.
/// </summary>
internal sealed partial class EventStream(
    ChangeReader changes, Admission admission, TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<EventStream> logger)
{
    /// <summary>How long a stream is silent at most, and how long it outlives its token or key at most.</summary>
    public static readonly TimeSpan Pulse = TimeSpan.FromSeconds(15);

    private const string Heartbeat = "heartbeat";

    /// <summary>Changes may have been missed: whoever keeps a copy must list anew.</summary>
    private const string Reset = "reset";

    private static readonly TimeSpan Reconnection = TimeSpan.FromSeconds(2);

    /// <param name="request">What the caller was admitted with.</param>
    /// <param name="caller">Whose changes.</param>
    /// <param name="since">The last event the caller had; null for what happens from now on.</param>
    /// <param name="subscription">Calls when there are more.</param>
    /// <param name="cancellationToken">The caller is gone.</param>
    public async IAsyncEnumerable<SseItem<ChangeEvent>> ReadAsync(
        HttpRequest request, Caller caller, ChangePosition? since, ChangeSubscription subscription,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);

        var resumes = since is { } last && await changes.HasAllSinceAsync(last, end.Token);
        var position = resumes ? since!.Value : await changes.NowAsync(end.Token);

        // At once, so that a caller to whom nothing happens has a position to resume from as well.
        yield return Event(since is null || resumes ? Heartbeat : Reset, new(), position) with { ReconnectionInterval = Reconnection };

        for (var woken = true; await NextAsync(
            request, caller, position, subscription, end.Token) is { } batch; woken = await WaitAsync(batch, subscription, end.Token))
        {
            foreach (var change in batch.Changes)
            {
                position = new(batch.ReadAt, change.Xid, change.Seq);
                if (batch.EventOf(change) is { } data)
                {
                    yield return Event(ChangeBatch.NameOf(change), data, position);
                }
            }

            if (!woken && batch.Changes.Count == 0)
            {
                position = position with { ReadAt = batch.ReadAt };
                yield return Event(Heartbeat, new(), position);
            }
        }
    }

    private static SseItem<ChangeEvent> Event(string type, ChangeEvent data, ChangePosition position) =>
        new(data, type) { EventId = position.ToString() };

    /// <summary>
    /// What comes next; null when the stream ends, also because the database is another one than before: the caller comes back with a
    /// position that is told so. Whether the caller is still admitted is asked after reading: whatever
    /// was committed after the token's revocation is then never sent, however long the reading takes.
    /// </summary>
    private async Task<ChangeBatch?> NextAsync(
        HttpRequest request, Caller caller, ChangePosition position, ChangeSubscription subscription, CancellationToken end)
    {
        if (end.IsCancellationRequested || subscription.IsOver)
        {
            return null;
        }

        try
        {
            var batch = await changes.ReadAsync(caller, position, clock.GetUtcNow(), end);
            return await admission.StandsAsync(request, caller, end) ? batch : null;
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception) when (Outage.Behind(exception) is not null)
        {
            // The caller comes back with the last position, and is then told 503 for as long as it lasts.
            Log.Ended(logger, exception);
            return null;
        }
    }

    /// <summary>Whether there is reason to look; not when only time has passed.</summary>
    private static async Task<bool> WaitAsync(ChangeBatch last, ChangeSubscription subscription, CancellationToken end) =>
        last.IsFull || await subscription.WaitAsync(Pulse, end);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A stream of events ends, because a store is away")]
        public static partial void Ended(ILogger logger, Exception exception);
    }
}
