using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using StackExchange.Redis;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.Tests.Fixtures;

/// <summary>
/// The whole of Taskmaster as AppHost.cs describes it, on free ports and with data of its own, started once for a
/// collection. A test class takes part with <c>[Collection(Stack.Collection)]</c>.
/// </summary>
public sealed class Stack : IAsyncLifetime
{
    public const string Collection = "stack";

    private static readonly string[] Services = [ResourceNames.AuthServer, ResourceNames.TasksApi, ResourceNames.Web];

    /// <summary>A start takes seconds; the rest is for machines with much else to do.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    /// <summary>Programs, whatever the machine has: what runs them as containers says so.</summary>
    private static readonly string[] Always = ["--Local:ThrowAway=true", "--Local:Stores=programs", "--Fetch:AllowLoopback=true"];

    private readonly string[] _arguments;
    private readonly Action<IDistributedApplicationTestingBuilder> _configure;
    private readonly bool _withDashboard;
    private IDistributedApplicationTestingBuilder? _builder;
    private DistributedApplication? _app;
    private ConnectionMultiplexer? _redis;

    public Stack() : this([])
    {
    }

    /// <summary>
    /// A stack of a test's own, with arguments for the AppHost, further configuration, and the dashboard where asked for.
    /// </summary>
    internal Stack(string[] arguments, Action<IDistributedApplicationTestingBuilder>? configure = null, bool withDashboard = false)
    {
        _arguments = [.. Always, .. arguments];
        _configure = configure ?? (_ => { });
        _withDashboard = withDashboard;
    }

    /// <summary>Where browsers and clients are.</summary>
    public Uri PublicOrigin => App.GetEndpoint(ResourceNames.Web, "http");

    /// <summary>Connected as the services are.</summary>
    public IConnectionMultiplexer Redis => _redis ?? throw NotStarted();

    internal DistributedApplication App => _app ?? throw NotStarted();

    /// <summary>The resource's own address, past Web: <see cref="ResourceNames"/>.</summary>
    public Uri EndpointOf(string resource) => App.GetEndpoint(resource, "http");

    /// <summary>A client that neither follows redirects nor keeps cookies, unless it is told to.</summary>
    public HttpClient CreateClient(string resource = ResourceNames.Web, bool followRedirects = false, bool keepCookies = false) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = followRedirects, UseCookies = keepCookies })
        {
            BaseAddress = EndpointOf(
            resource)
        };

    public async Task<string> ConnectionStringOf(string resource) =>
        await App.GetConnectionStringAsync(resource) ?? throw new InvalidOperationException($"'{resource}' has no connection string.");

    /// <summary>An open connection to <see cref="ResourceNames.AuthDb"/> or <see cref="ResourceNames.TasksDb"/>.</summary>
    public async Task<NpgsqlConnection> OpenAsync(string database)
    {
        var connection = new NpgsqlConnection(await ConnectionStringOf(database));
        await connection.OpenAsync();
        return connection;
    }

    public async Task InitializeAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        // Disposing of the builder would dispose of the application it has built.
        _builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Taskmaster_AppHost>(
            new DistributedApplicationTestingBuilderOptions { EnableDashboard = _withDashboard }, _arguments, deadline.Token);
        _builder.Services.AddSingleton<IDeveloperCertificateService>(new TrustedDevelopmentCertificate());
        _configure(_builder);
        _app = await _builder.BuildAsync(deadline.Token);
        try
        {
            await Task.WhenAny(EndedEarlyAsync(_app, deadline.Token), ReadyAsync(_app, deadline.Token)).Unwrap();
            _redis = await ConnectionMultiplexer.ConnectAsync(await ConnectionStringOf(ResourceNames.Redis));
        }
        catch (Exception exception)
            when (exception is DistributedApplicationException or OperationCanceledException or InvalidOperationException)
        {
            var message = await ResourceReport.OfUnhealthyAsync(_app);
            await DisposeAsync();
            throw new InvalidOperationException(message, exception);
        }
    }

    private static async Task ReadyAsync(DistributedApplication app, CancellationToken cancellationToken)
    {
        await app.StartAsync(cancellationToken);
        await Task.WhenAll(Services.Select(service => app.ResourceNotifications.WaitForResourceHealthyAsync(service, cancellationToken)));
    }

    /// <summary>Fails when a service ends: the application's own start would go on waiting for it.</summary>
    private static async Task EndedEarlyAsync(DistributedApplication app, CancellationToken cancellationToken)
    {
        var ended = await Task.WhenAny(Services.Select(service => app.ResourceNotifications.WaitForResourceAsync(
            service, KnownResourceStates.TerminalStates, cancellationToken))).Unwrap();
        throw new DistributedApplicationException($"A resource became '{ended}' while the stack was starting.");
    }

    public async Task DisposeAsync()
    {
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }

        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        if (_builder is not null)
        {
            await _builder.DisposeAsync();
        }
    }

    private static InvalidOperationException NotStarted() => new("The stack has not been started.");
}

[CollectionDefinition(Stack.Collection)]
public sealed class StackCollection : ICollectionFixture<Stack>;
