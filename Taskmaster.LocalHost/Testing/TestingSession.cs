using System.Reflection;
using Aspire.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Taskmaster.LocalHost.Running;

namespace Taskmaster.LocalHost.Testing;

/// <summary>
/// One AppHost under test. Its Program runs on a thread of its own and is held where it builds the application,
/// until the test has had its say; from there on the test starts and stops it.
/// </summary>
internal sealed class TestingSession(
    Assembly appHost, string[] arguments, Action<DistributedApplicationOptions, HostApplicationBuilderSettings>? configure)
{
    private static readonly AsyncLocal<TestingSession?> Ambient = new();

    private readonly TaskCompletionSource<IDistributedApplicationBuilder> _building = NewSignal<IDistributedApplicationBuilder>();
    private readonly TaskCompletionSource<DistributedApplication> _built = NewSignal<DistributedApplication>();
    private readonly TaskCompletionSource<bool> _goOn = NewSignal<bool>();
    private readonly TaskCompletionSource<bool> _ended = NewSignal<bool>();

    public static TestingSession? Current => Ambient.Value;

    public Assembly AppHostAssembly => appHost;

    /// <summary>Completes when the test is done with the application.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Runs the AppHost's Program up to the point where it builds.</summary>
    public Task<IDistributedApplicationBuilder> BeginAsync(CancellationToken cancellationToken)
    {
        new Thread(RunEntryPoint) { IsBackground = true, Name = appHost.GetName().Name }.Start();
        return _building.Task.WaitAsync(cancellationToken);
    }

    public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken)
    {
        _ = _goOn.TrySetResult(true);
        return _built.Task.WaitAsync(cancellationToken);
    }

    public void End()
    {
        _ = _goOn.TrySetCanceled();
        _ = _ended.TrySetResult(true);
    }

    /// <summary>The AppHost's first launch profile, or the one that --DOTNET_LAUNCH_PROFILE names, as dotnet run would apply it.</summary>
    public void Configure(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
    {
        options.DisableDashboard = true;
        var wanted = new ConfigurationBuilder().AddCommandLine(arguments).Build()["DOTNET_LAUNCH_PROFILE"];
        var variables = LaunchProfile.Choose(new BuiltProjects(appHost).AppHostDirectory, wanted)?.Environment
            ?? new Dictionary<string, string>();

        settings.EnvironmentName = variables.GetValueOrDefault("DOTNET_ENVIRONMENT") ?? variables.GetValueOrDefault("ASPNETCORE_ENVIRONMENT");
        settings.Configuration ??= new ConfigurationManager();
        _ = settings.Configuration.AddInMemoryCollection(
            variables.Select(variable => new KeyValuePair<string, string?>(variable.Key.Replace("__", ":", StringComparison.Ordinal), variable.Value)));
        configure?.Invoke(options, settings);
    }

    public void OnBuilding(IDistributedApplicationBuilder builder)
    {
        _ = _building.TrySetResult(builder);
        _ = _goOn.Task.GetAwaiter().GetResult();
    }

    public void OnBuilt(DistributedApplication application) => _ = _built.TrySetResult(application);

    private void RunEntryPoint()
    {
        Ambient.Value = this;
        try
        {
            _ = appHost.EntryPoint!.Invoke(null, appHost.EntryPoint.GetParameters().Length == 0 ? [] : [arguments]);
            Fail(new InvalidOperationException($"{appHost.GetName().Name} ended without building an application."));
        }
        catch (TargetInvocationException exception)
        {
            Fail(exception.InnerException ?? exception);
        }
    }

    private void Fail(Exception exception)
    {
        _ = _building.TrySetException(exception);
        _ = _built.TrySetException(exception);
    }

    private static TaskCompletionSource<T> NewSignal<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
