using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Knows the state of every resource, and lets others wait for one.</summary>
public sealed class ResourceNotificationService
{
    private readonly ConcurrentDictionary<string, ResourceEvent> _current = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _lock = new();
    private readonly IResourceCollection _resources;
    private readonly WaitBehavior _defaultWaitBehavior;
    private TaskCompletionSource _changed = NewChange();

    internal ResourceNotificationService(IResourceCollection resources, WaitBehavior defaultWaitBehavior)
    {
        _resources = resources;
        _defaultWaitBehavior = defaultWaitBehavior;
    }

    internal event Action<ResourceEvent>? Published;

    public Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(stateFactory);

        lock (_lock)
        {
            var before = _current.GetValueOrDefault(resource.Name)?.Snapshot ?? new CustomResourceSnapshot();
            var update = new ResourceEvent(resource, stateFactory(before));
            _current[resource.Name] = update;
            Published?.Invoke(update);
            _changed.SetResult();
            _changed = NewChange();
        }

        return Task.CompletedTask;
    }

    public bool TryGetCurrentState(string resourceId, out ResourceEvent? resourceEvent) =>
        _current.TryGetValue(resourceId, out resourceEvent);

    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default)
    {
        var state = targetState ?? KnownResourceStates.Running;
        return WaitForResourceAsync(resourceName, update => update.Snapshot.State?.Text == state, cancellationToken);
    }

    public async Task<ResourceEvent> WaitForResourceAsync(
        string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predicate);

        while (true)
        {
            Task changed;
            lock (_lock)
            {
                changed = _changed.Task;
            }

            if (_current.TryGetValue(resourceName, out var current) && predicate(current))
            {
                return current;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceHealthyAsync(resourceName, _defaultWaitBehavior, cancellationToken);

    /// <exception cref="DistributedApplicationException">The resource failed or does not exist, and <paramref name="waitBehavior"/> says to stop then.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(
        string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        var stops = waitBehavior == WaitBehavior.StopOnResourceUnavailable;
        if (stops && !_resources.Any(resource => string.Equals(resource.Name, resourceName, StringComparison.OrdinalIgnoreCase)))
        {
            throw Unavailable(resourceName);
        }

        var reached = await WaitForResourceAsync(resourceName, update => IsHealthy(update) || (stops && HasEnded(update)), cancellationToken);
        return IsHealthy(reached) ? reached : throw Unavailable(resourceName);
    }

    internal static bool IsHealthy(ResourceEvent update) =>
        update.Snapshot.State?.Text == KnownResourceStates.Running && update.Snapshot.HealthStatus == HealthStatus.Healthy;

    internal static bool HasEnded(ResourceEvent update) =>
        update.Snapshot.State?.Text is { } state && KnownResourceStates.TerminalStates.Contains(state);

    private static DistributedApplicationException Unavailable(string resourceName) =>
        new($"Stopped waiting for resource '{resourceName}' to become healthy because it failed to start.");

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
