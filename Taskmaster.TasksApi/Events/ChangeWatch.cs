using Taskmaster.TasksApi.Answers;

namespace Taskmaster.TasksApi.Events;

/// <summary>
/// Wakes the streams of those who have new changes, whichever replica made them: one look at the log for all streams of
/// this replica (docs/decisions/0008).
/// </summary>
internal sealed partial class ChangeWatch(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ChangeWatch> logger) : BackgroundService
{
    /// <summary>How much later than its commit a change is seen at most, when no other transaction is holding it up.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Streams of one owner on one replica.</summary>
    public const int MostPerOwner = 10;

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, List<ChangeSubscription>> _subscriptions = [];

    /// <summary>Everything below was looked at. Null while nobody listens: then whoever comes looks for themselves.</summary>
    private ulong? _from;

    private string? _epoch;

    /// <summary>Null when the owner has as many streams as one may have.</summary>
    public ChangeSubscription? Subscribe(Guid owner)
    {
        lock (_lock)
        {
            if (!_subscriptions.TryGetValue(owner, out var streams))
            {
                _subscriptions[owner] = streams = [];
            }

            if (streams.Count >= MostPerOwner)
            {
                return null;
            }

            var subscription = new ChangeSubscription(clock, subscription => Unsubscribe(owner, subscription));
            streams.Add(subscription);
            return subscription;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception exception) when (Outage.Behind(exception) is not null)
            {
                // Nothing is lost: the next look begins where this one did.
                Log.Interrupted(logger, exception);
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        if (!HasSubscriptions())
        {
            _from = null;
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var changes = scope.ServiceProvider.GetRequiredService<ChangeReader>();
        var (epoch, horizon) = await changes.LookAsync(cancellationToken);
        if (_from is not { } from)
        {
            ForAll(subscription => subscription.Wake());
        }
        else if (epoch != _epoch)
        {
            ForAll(subscription => subscription.End());
        }
        else if (horizon > from)
        {
            Wake(await changes.OwnersAsync(from, horizon, cancellationToken));
        }

        (_epoch, _from) = (epoch, horizon);
    }

    private bool HasSubscriptions()
    {
        lock (_lock)
        {
            return _subscriptions.Count > 0;
        }
    }

    private void ForAll(Action<ChangeSubscription> act)
    {
        lock (_lock)
        {
            foreach (var subscription in _subscriptions.Values.SelectMany(streams => streams))
            {
                act(subscription);
            }
        }
    }

    private void Wake(IEnumerable<Guid> owners)
    {
        lock (_lock)
        {
            foreach (var subscription in owners.SelectMany(owner => _subscriptions.GetValueOrDefault(owner) ?? []))
            {
                subscription.Wake();
            }
        }
    }

    private void Unsubscribe(Guid owner, ChangeSubscription subscription)
    {
        lock (_lock)
        {
            if (_subscriptions.TryGetValue(owner, out var streams) && streams.Remove(subscription) && streams.Count == 0)
            {
                _subscriptions.Remove(owner);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Changes are looked for again once Postgres is back")]
        public static partial void Interrupted(ILogger logger, Exception exception);
    }
}
