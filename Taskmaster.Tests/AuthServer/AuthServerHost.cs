using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Data;
using Taskmaster.AuthServer.Keys;
using Taskmaster.AuthServer.Users;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.AuthServer;

/// <summary>The authorization server as shipped, in process, on a real Postgres and a real Redis, with a clock that tests move.</summary>
public class AuthServerHost : IAsyncLifetime
{
    private readonly string? _database;
    private readonly string _origin;

    public const string Origin = "http://taskmaster.test";

    /// <summary>Of a password's hash. By as many as are shipped, hashing would be half of what tests of the server do.</summary>
    public const int HashRounds = 1_000;

    public const string WebSecret = "the secret of Taskmaster's own client";
    public const string McpSecret = "the secret of the server for agents";

    private readonly List<IDisposable> _replicas = [];
    private readonly Dictionary<string, string?> _settings = [];
    private Replica? _first;

    public AuthServerHost() : this(database: null)
    {
    }

    internal AuthServerHost(string? database = null, string origin = Origin)
    {
        _database = database;
        _origin = origin;
    }

    internal FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());

    internal RedisProcess Redis { get; } = new("--appendonly", "yes");

    /// <summary>What the server is given; other processes of it are given the same.</summary>
    internal IReadOnlyDictionary<string, string?> Settings => _settings;

    internal IServiceProvider Services => First.Services;

    /// <summary>How the server connects to Redis.</summary>
    private protected virtual string RedisConnection => Redis.Address;

    private Replica First => _first ?? throw new InvalidOperationException("The host has not started.");

    /// <summary>The setting of the short path; on, as shipped.</summary>
    internal virtual bool UsesShortPath => true;

    private protected void Set(string name, string value) => _settings[name] = value;

    /// <summary>For a test that watches the server from inside.</summary>
    internal virtual void Observe(IServiceCollection services)
    {
    }

    public virtual async Task InitializeAsync()
    {
        Redis.Start();
        await using (await TokenRedis.ConnectAsync(TokenRedis.Configure([Redis.Address])))
        {
        }

        Start(_database ?? await PostgresProcess.NewSharedDatabaseAsync());
    }

    public virtual async Task DisposeAsync()
    {
        _replicas.ForEach(replica => replica.Dispose());
        await Redis.DisposeAsync();
    }

    /// <summary>All memory gone, all stores kept.</summary>
    internal async Task RestartAsync()
    {
        await First.DisposeAsync();
        _replicas.Remove(First);
        _first = NewReplica();
    }

    private void Start(string database)
    {
        _settings["Taskmaster:PublicOrigin"] = _origin;
        _settings["ConnectionStrings:redis"] = RedisConnection;
        _settings["ConnectionStrings:authdb"] = database;
        _settings["KeyRing:EncryptionKey"] = "a secret that the host would generate";
        _settings["WebClient:Secret"] = WebSecret;
        _settings["McpClient:Secret"] = McpSecret;

        // All tests come from one address, within one window of a clock that stands still.
        foreach (var policy in (string[])[
            "token", "introspection", "unauthorized", "registration", "clientconfiguration", "device", "signin", "signup", "authorize",
            "userinfo", "management"
        ])
        {
            _settings[$"RateLimits:{policy}:Limit"] = "1000000";
        }

        _settings[FastWings.Setting] = FastWings.AreIn.ToString();
        _settings["Fast:ShortPath"] = UsesShortPath.ToString();
        _first = NewReplica();
    }

    /// <summary>Another process of the same service: same stores, own memory, and settings that differ as said.</summary>
    internal Replica NewReplica(params (string Name, string Value)[] settings)
    {
        var own = new Dictionary<string, string?>(_settings);
        foreach (var (name, value) in settings)
        {
            own[name] = value;
        }

        var replica = new Replica(own, Clock, Observe);
        _replicas.Add(replica);
        replica.Start();
        return replica;
    }

    internal HttpMessageInvoker NewHttp() => First.NewClient();

    internal UserAgent NewUserAgent(Replica? replica = null) => new((replica ?? First).NewClient(), new Uri(_origin));

    internal async Task<TestUser> NewUserAsync(string name = "Alice")
    {
        var now = Clock.GetUtcNow();
        var email = $"{name.ToLowerInvariant()}-{Guid.CreateVersion7(now):N}@example.com";
        const string password = "correct horse battery staple";

        await using var scope = Services.CreateAsyncScope();
        var user = User.Register(Guid.CreateVersion7(now), name, email, now);
        var result = await scope.ServiceProvider.GetRequiredService<UserManager<User>>().CreateAsync(user, password);
        Assert.True(result.Succeeded);
        return new TestUser(user.Id, name, email, password);
    }

    internal async Task<TestClient> NewClientAsync(
        string name = "My Task Management App", bool isPublic = false, bool requirePkce = false, string? secret = null,
        TestUser? owner = null, string tasks = TasksAccess.ReadWrite, string idTokens = IdTokenAlgorithms.Default,
        params string[] redirectUris)
    {
        owner ??= await NewUserAsync("Olivia");
        var now = Clock.GetUtcNow();
        var uris = redirectUris.Length > 0 ? redirectUris : ["https://yourapp.com/auth/callback"];
        var client = Client.Register(name, owner.Id, isPublic, requirePkce, uris, now);
        client.AllowTasks(tasks);
        client.SignIdTokensWith(idTokens);
        if (!isPublic)
        {
            client.Add(secret is null
                ? ClientSecret.Generate(client, "First", now, null, out secret)
                : ClientSecret.Of(client, "First", secret, now));
        }

        await using var scope = Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ClientRegistrations>().AddAsync(client, CancellationToken.None);
        return new TestClient(this, client.ClientId, secret, uris[0], owner);
    }

    internal sealed class Replica(Dictionary<string, string?> settings, FakeTimeProvider clock, Action<IServiceCollection> observe)
        : WebApplicationFactory<AuthDbContext>
    {
        public void Start() => _ = Server;

        public HttpMessageInvoker NewClient() => new(Server.CreateHandler());

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Testing");
            foreach (var (name, value) in settings)
            {
                builder.UseSetting(name, value);
            }

            builder.ConfigureTestServices(services =>
            {
                services.AddSingleton<TimeProvider>(clock);
                services.Configure<PasswordHasherOptions>(options => options.IterationCount = HashRounds);
                observe(services);
            });
        }
    }
}
