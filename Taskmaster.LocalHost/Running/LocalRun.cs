using System.Collections.Concurrent;
using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Taskmaster.LocalHost.Postgres;
using Taskmaster.LocalHost.Redis;

namespace Taskmaster.LocalHost.Running;

/// <summary>One run of the application: starts each resource when those it waits for are healthy, watches it, and ends all of them.</summary>
internal sealed class LocalRun(
    IResourceCollection resources,
    LocalHostSettings settings,
    BuiltProjects projects,
    ResourceNotificationService notifications,
    HealthCheckService health) : IAsyncDisposable
{
    private static readonly TimeSpan TransientPatience = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _failure = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<IResource, ChildProcess> _children = new();
    private readonly List<Task> _running = [];
    private readonly Lock _lock = new();
    private DataFolder? _folder;
    private Reaper? _reaper;
    private Task? _stopped;

    public bool IsStarted { get; private set; }

    /// <summary>Never completes, but fails when a resource could not be started.</summary>
    public Task Failure => _failure.Task;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        SupportedSystem.Require();
        _folder = await DataFolder.OpenAsync(settings, cancellationToken);
        Ports.Allocate(resources, settings.RandomPorts);
        _reaper = new Reaper(_folder, deletesFolder: settings.IsThrowAway);
        IsStarted = true;

        var launch = new Launch(settings, _folder, _reaper, projects);
        foreach (var resource in resources.Where(resource => resource is not ParameterResource))
        {
            _running.Add(Task.Run(() => RunAsync(resource, launch, _stopping.Token), CancellationToken.None));
        }
    }

    /// <summary>Ends everything: what waited for a resource goes before it.</summary>
    public Task StopAsync()
    {
        lock (_lock)
        {
            return _stopped ??= StopCoreAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stopping.Dispose();
    }

    public string LogOf(string resource) => _folder?.LogOf(resource) ?? "";

    private async Task RunAsync(IResource resource, Launch launch, CancellationToken cancellationToken)
    {
        try
        {
            await WaitForDependenciesAsync(resource, cancellationToken);
            await PublishAsync(resource, KnownResourceStates.Starting);
            if (resource is PostgresDatabaseResource database)
            {
                await PostgresDatabases.CreateAsync(database, cancellationToken);
                await WatchAsync(resource, Task.Delay(Timeout.Infinite, cancellationToken), cancellationToken);
                return;
            }

            await PrivateFile.WriteAsync(launch.Folder.LogOf(resource.Name), "", cancellationToken);
            await RunChildAsync(resource, launch, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Told to stop; StopAsync says how it ended.
        }
        catch (Exception exception)
        {
            await PublishAsync(resource, KnownResourceStates.FailedToStart);
            _ = _failure.TrySetException(exception);
        }
    }

    private async Task WaitForDependenciesAsync(IResource resource, CancellationToken cancellationToken)
    {
        var dependencies = resource.Annotations.OfType<WaitAnnotation>().Select(annotation => annotation.Resource)
            .Concat(resource is IResourceWithParent { Parent: var parent } ? [parent] : [])
            .Distinct()
            .ToList();
        if (dependencies.Count > 0)
        {
            await PublishAsync(resource, KnownResourceStates.Waiting);
            await Task.WhenAll(dependencies.Select(dependency => notifications.WaitForResourceHealthyAsync(dependency.Name, cancellationToken)));
        }
    }

    private async Task RunChildAsync(IResource resource, Launch launch, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var child = await StartChildAsync(resource, launch, cancellationToken);
            _children[resource] = child;
            var wasHealthy = await WatchAsync(resource, child.Exited, cancellationToken);

            _reaper!.Remove(child.Id);
            if (wasHealthy)
            {
                await PublishAsync(resource, child.ExitCode == 0 ? KnownResourceStates.Finished : KnownResourceStates.Exited, child.ExitCode);
                return;
            }

            var log = LogTail.Of(child.Start.Log);
            if (child.Start.IsTransient(log) && TimeProvider.System.GetElapsedTime(started) < TransientPatience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(250), cancellationToken);
                continue;
            }

            throw new DistributedApplicationException(string.Create(CultureInfo.InvariantCulture,
                $"'{resource.Name}' ended with exit code {child.ExitCode} before it was ready. {child.Start.AdviceOnExit} The log, {child.Start.Log}, ends:{Environment.NewLine}{log}"));
        }
    }

    private static Task<ChildProcess> StartChildAsync(IResource resource, Launch launch, CancellationToken cancellationToken) => resource switch
    {
        ProjectResource project => ProjectLauncher.StartAsync(project, launch, cancellationToken),
        RedisResource redis => RedisLauncher.StartAsync(redis, launch, cancellationToken),
        PostgresServerResource postgres => PostgresLauncher.StartAsync(postgres, launch, cancellationToken),
        _ => throw new NotSupportedException($"The local host cannot start '{resource.Name}', a {resource.GetType().Name}."),
    };

    /// <summary>Asks for the resource's health until it ends; true if it was healthy at any time.</summary>
    private async Task<bool> WatchAsync(IResource resource, Task ended, CancellationToken cancellationToken)
    {
        var checks = resource.Annotations.OfType<HealthCheckAnnotation>().Select(annotation => annotation.Key).ToHashSet();
        await PublishAsync(resource, KnownResourceStates.Running);
        var pace = new HealthPace();

        while (!ended.IsCompleted)
        {
            var report = await health.CheckHealthAsync(registration => checks.Contains(registration.Name), cancellationToken);
            if (report.Status != pace.Last)
            {
                await notifications.PublishUpdateAsync(resource, snapshot => snapshot with { HealthStatus = report.Status });
            }

            _ = await Task.WhenAny(ended, Task.Delay(pace.After(report.Status), cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }

        return pace.WasHealthy;
    }

    private Task PublishAsync(IResource resource, string state, int? exitCode = null) => notifications.PublishUpdateAsync(
        resource, _ => new CustomResourceSnapshot { State = new ResourceStateSnapshot(state), ExitCode = exitCode });

    private async Task StopCoreAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running);

        var stops = new Dictionary<IResource, Task>();
        await Task.WhenAll(_children.Keys.Select(StopOf));
        _reaper?.Dispose();
        _folder?.Dispose();

        Task StopOf(IResource resource)
        {
            if (!stops.TryGetValue(resource, out var stop))
            {
                var dependents = _children.Keys.Where(other =>
                    other.Annotations.OfType<WaitAnnotation>().Any(wait => wait.Resource == resource));
                stops[resource] = stop = StopChildAsync(resource, Task.WhenAll(dependents.Select(StopOf).ToList()));
            }

            return stop;
        }
    }

    private async Task StopChildAsync(IResource resource, Task dependentsStopped)
    {
        await dependentsStopped;
        var child = _children[resource];
        await child.StopAsync();
        _reaper!.Remove(child.Id);
        await PublishAsync(resource, KnownResourceStates.Finished, child.ExitCode);
        child.Dispose();
    }
}
