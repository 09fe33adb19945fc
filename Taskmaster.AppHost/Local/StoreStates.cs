using System.Net.Sockets;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Hosting;

namespace Taskmaster.AppHost.Local;

/// <summary>
/// Shows each store, and its databases, in the state of the program that serves it. A store runs when it takes connections: the
/// orchestrator's first question after its health then has an answer at once, where a second one would come seconds later.
/// </summary>
internal sealed class StoreStates(
    ResourceNotificationService notifications, IDistributedApplicationEventing eventing, IServiceProvider services)
    : BackgroundService
{
    private const string ResourceType = "Program";

    private readonly Dictionary<IResource, (IResource Store, IReadOnlyList<IResource> Databases)> _stores = [];

    public void Mirror(ExecutableResource program, IResource store, IReadOnlyList<IResource> databases)
    {
        _stores.Add(program, (store, databases));
        _ = eventing.Subscribe<BeforeResourceStartedEvent>(
            program, (_, cancellationToken) => AnnounceAsync(store, databases, cancellationToken));
        // After Aspire's own handler, which creates the databases.
        _ = eventing.Subscribe<ResourceReadyEvent>(store, (_, _) => PublishAsync(databases, KnownResourceStates.Running, null));
    }

    /// <summary>The store that the program serves; null when it is no store's program.</summary>
    public IResource? StoreOf(IResource program) => _stores.TryGetValue(program, out var served) ? served.Store : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var last = new Dictionary<IResource, string?>();
        await foreach (var change in notifications.WatchAsync(stoppingToken))
        {
            var state = change.Snapshot.State?.Text;
            if (_stores.TryGetValue(change.Resource, out var served) && last.GetValueOrDefault(change.Resource) != state)
            {
                last[change.Resource] = state;
                await FollowAsync(change, served.Store, served.Databases, stoppingToken);
            }
        }
    }

    private async Task FollowAsync(
        ResourceEvent change, IResource store, IReadOnlyList<IResource> databases, CancellationToken cancellationToken)
    {
        var state = change.Snapshot.State?.Text;
        if (state == KnownResourceStates.Running)
        {
            if (await AcceptsAsync(change, store, cancellationToken))
            {
                await PublishAsync([store], KnownResourceStates.Running, null);
            }
        }
        else if (state is not null)
        {
            await PublishAsync([store, .. databases], state, change.Snapshot.ExitCode);
        }
    }

    /// <summary>The address is known, and with it the connection strings.</summary>
    private async Task AnnounceAsync(IResource store, IReadOnlyList<IResource> databases, CancellationToken cancellationToken)
    {
        await eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(store, services), cancellationToken);
        foreach (var resource in (IEnumerable<IResource>)[store, .. databases])
        {
            await eventing.PublishAsync(new ConnectionStringAvailableEvent(resource, services), cancellationToken);
        }
    }

    /// <summary>Waits until the store's port takes connections; false if its program ended before.</summary>
    private async Task<bool> AcceptsAsync(ResourceEvent running, IResource store, CancellationToken cancellationToken)
    {
        var port = store.Annotations.OfType<EndpointAnnotation>().First().Port!.Value;
        while (notifications.TryGetCurrentState(running.ResourceId, out var now)
            && now.Snapshot.State?.Text == KnownResourceStates.Running)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync("127.0.0.1", port, cancellationToken);
                return true;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(30), cancellationToken);
            }
        }

        return false;
    }

    private async Task PublishAsync(IEnumerable<IResource> resources, string state, int? exitCode)
    {
        foreach (var resource in resources)
        {
            await notifications.PublishUpdateAsync(resource, snapshot => snapshot with
            {
                ResourceType = resource is IResourceWithParent ? snapshot.ResourceType : ResourceType,
                State = state,
                ExitCode = exitCode,
            });
        }
    }
}
