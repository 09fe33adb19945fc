using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Taskmaster.LocalHost.Running;
using Taskmaster.LocalHost.Testing;

namespace Aspire.Hosting;

internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _inner;
    private readonly TestingSession? _testing = TestingSession.Current;

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        var arguments = options.Args ?? [];
        var settings = new HostApplicationBuilderSettings { Args = [.. arguments.Where(argument => argument != LocalHostSettings.FreshArgument)] };
        _testing?.Configure(options, settings);

        var assembly = _testing?.AppHostAssembly ?? Assembly.GetEntryAssembly()
            ?? throw new DistributedApplicationException("The AppHost must be started as a program.");
        BuiltProjects = new BuiltProjects(assembly);
        settings.ApplicationName = assembly.GetName().Name;
        settings.ContentRootPath = BuiltProjects.AppHostDirectory;

        _inner = new HostApplicationBuilder(settings);
        AppHostAssembly = assembly;
        LocalHost = LocalHostSettings.From(_inner.Configuration, arguments, AppHostDirectory, isTest: _testing is not null);
        Parameters = new ParameterStore(LocalHost.ParametersFile);

        // The loop that asks for health says what it finds; a check that fails while a store starts is not an error.
        _inner.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        _inner.Logging.AddFilter("System.Net.Http", LogLevel.Warning);
        _inner.Services.Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);
        _inner.Services.AddHttpClient();
        _inner.Services.AddHealthChecks();
        _inner.Services.AddSingleton(_ => new ResourceNotificationService(Resources, LocalHost.DefaultWaitBehavior));
        _inner.Services.AddSingleton(LocalHost);
        _inner.Services.AddSingleton(BuiltProjects);
        _inner.Services.AddSingleton(Resources);
        _inner.Services.AddSingleton<LocalRun>();
        _inner.Services.AddSingleton(services => new ResourceLoggerService(services.GetRequiredService<LocalRun>()));
    }

    public ConfigurationManager Configuration => _inner.Configuration;

    public string AppHostDirectory => BuiltProjects.AppHostDirectory;

    public Assembly? AppHostAssembly { get; }

    public IHostEnvironment Environment => _inner.Environment;

    public IServiceCollection Services => _inner.Services;

    public DistributedApplicationExecutionContext ExecutionContext { get; } = new();

    public IResourceCollection Resources { get; } = new ResourceCollection();

    internal BuiltProjects BuiltProjects { get; }

    internal LocalHostSettings LocalHost { get; }

    internal ParameterStore Parameters { get; }

    public IResourceBuilder<T> AddResource<T>(T resource) where T : IResource
    {
        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource => new ResourceBuilder<T>(this, resource);

    public DistributedApplication Build()
    {
        _testing?.OnBuilding(this);
        var application = new DistributedApplication(_inner.Build(), _testing);
        _testing?.OnBuilt(application);
        return application;
    }
}
