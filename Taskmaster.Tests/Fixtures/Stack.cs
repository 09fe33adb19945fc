using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Npgsql;
using StackExchange.Redis;
using Taskmaster.ServiceDefaults;

namespace Taskmaster.Tests.Fixtures;

/// <summary>
/// The whole of Taskmaster as AppHost.cs describes it, on free ports and with data of its own, started once for a
/// collection. A test class takes part with <c>[Collection(Stack.Collection)]</c>.
/// </summary>
public sealed class Stack : IAsyncLifetime
{
    public const string Collection = "stack";

    /// <summary>A start takes seconds; the rest is for machines with much else to do.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    private readonly string[] _arguments;
    private DistributedApplication? _app;
    private ConnectionMultiplexer? _redis;

    public Stack() : this([])
    {
    }

    /// <summary>A stack of a test's own, with arguments for the AppHost.</summary>
    internal Stack(string[] arguments) => _arguments = arguments;

    /// <summary>Where browsers and clients are.</summary>
    public Uri PublicOrigin => App.GetEndpoint(ResourceNames.Web, "http");

    /// <summary>Connected as the services are.</summary>
    public IConnectionMultiplexer Redis => _redis ?? throw NotStarted();

    internal DistributedApplication App => _app ?? throw NotStarted();

    /// <summary>The resource's own address, past Web: <see cref="ResourceNames"/>.</summary>
    public Uri EndpointOf(string resource) => App.GetEndpoint(resource, "http");

    /// <summary>A client that neither follows redirects nor keeps cookies, unless it is told to.</summary>
    public HttpClient CreateClient(string resource = ResourceNames.Web, bool followRedirects = false, bool keepCookies = false) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = followRedirects, UseCookies = keepCookies }) { BaseAddress = EndpointOf(resource) };

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
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Taskmaster_AppHost>(_arguments, deadline.Token);
        _app = await builder.BuildAsync(deadline.Token);
        try
        {
            await _app.StartAsync(deadline.Token);
            await Task.WhenAll(new[] { ResourceNames.AuthServer, ResourceNames.TasksApi, ResourceNames.Web }
                .Select(service => _app.ResourceNotifications.WaitForResourceHealthyAsync(service, deadline.Token)));
            _redis = await ConnectionMultiplexer.ConnectAsync(await ConnectionStringOf(ResourceNames.Redis));
        }
        catch (Exception exception) when (exception is DistributedApplicationException or OperationCanceledException)
        {
            var message = await ResourceReport.OfUnhealthyAsync(_app);
            await _app.DisposeAsync();
            throw new InvalidOperationException(message, exception);
        }
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
    }

    private static InvalidOperationException NotStarted() => new("The stack has not been started.");
}

[CollectionDefinition(Stack.Collection)]
public sealed class StackCollection : ICollectionFixture<Stack>;
