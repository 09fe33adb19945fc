using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OpenIddict.Abstractions;
using Taskmaster.AuthServer.ApiKeys;
using Taskmaster.AuthServer.Data;
using Taskmaster.AuthServer.Users;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.TasksApi.Data;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.TasksApi.Hosting;

/// <summary>The Tasks API on Kestrel, with a Postgres, a Redis and a clock of its own, and an issuer of tokens for it.</summary>
public sealed class TasksApiHost : IAsyncLifetime
{
    public const string Origin = "http://taskmaster.test";

    /// <summary>
    /// What AuthServer writes into a token for the scopes of the flow documents, and a client that is registered for tasks.
    /// </summary>
    public static readonly string[] DocumentedScopes =
    [
        OpenIddictConstants.Scopes.OpenId, OpenIddictConstants.Scopes.Profile, OpenIddictConstants.Scopes.Email,
        .. TaskmasterScopes.Tasks,
    ];

    /// <summary>Granted the admin role in the settings.</summary>
    public static readonly Guid Admin = Guid.Parse("0199a1b2-0000-7000-8000-00000000ad31");

    private readonly List<IDisposable> _clients = [];
    private WebApplicationFactory<TasksDbContext>? _api;

    public PostgresProcess Postgres { get; } = new();

    public RedisProcess Redis { get; } = new();

    public FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());

    public TokenIssuer Issuer { get; private set; } = null!;

    public HttpClient Anonymous { get; private set; } = null!;

    public IServiceProvider Services => _api!.Services;

    /// <summary>What a host gives the service, in an environment other than Development unless told.</summary>
    public Dictionary<string, string?> Settings { get; } = new() { ["environment"] = "Testing" };

    public async Task InitializeAsync()
    {
        Redis.Start();
        await Postgres.StartAsync();
        await using (await TokenRedis.ConnectAsync(TokenRedis.Configure([Redis.Address])))
        {
            // It answers now.
        }

        await Postgres.CreateDatabaseAsync("authdb");
        await Postgres.CreateDatabaseAsync("tasksdb");

        Settings["Taskmaster:PublicOrigin"] = Origin;
        Settings["Fast:Enabled"] = Environment.GetEnvironmentVariable("TASKMASTER_TESTS_FAST") ?? "true";
        Settings["KeyRing:EncryptionKey"] = "a key for nothing but these tests";
        Settings["Taskmaster:Admins:0"] = Admin.ToString();
        // All tests come from one address, within one window of a clock that stands still.
        Settings["RateLimits:api:Limit"] = "1000000";
        Settings["RateLimits:anonymous:Limit"] = "1000000";
        Settings["ConnectionStrings:redis"] = Redis.Address;
        Settings["ConnectionStrings:authdb"] = Postgres.ConnectionString("authdb");
        Settings["ConnectionStrings:tasksdb"] = Postgres.ConnectionString("tasksdb");

        await using (var database = OpenAuthDb())
        {
            await database.Database.MigrateAsync();
        }

        Issuer = TokenIssuer.Start(Settings, Clock);
        // The first token also makes the key ring's first key, which the API itself never does.
        _ = await Issuer.AccessTokenAsync(Guid.Empty, []);

        _api = StartApi();
        Anonymous = NewClient();
    }

    public async Task DisposeAsync()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }

        await (_api?.DisposeAsync() ?? default);
        await (Issuer?.DisposeAsync() ?? default);
        await Redis.DisposeAsync();
        await Postgres.DisposeAsync();
    }

    /// <summary>Another instance of the API on the same stores.</summary>
    internal WebApplicationFactory<TasksDbContext> StartApi(params (string Name, string Value)[] settings) => StartApi(_ => { }, settings);

    /// <summary>The same, for a test that watches it from inside.</summary>
    internal WebApplicationFactory<TasksDbContext> StartApi(
        Action<IServiceCollection> observe, params (string Name, string Value)[] settings)
    {
        var api = new Factory(this, observe, settings);
        api.UseKestrel(0);
        api.StartServer();
        return api;
    }

    /// <summary>A user nobody else in the tests is, with a token of these scopes.</summary>
    public async Task<Account> NewAccountAsync(params string[] scopes)
    {
        var user = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        return new Account(user, AsBearer(await Issuer.AccessTokenAsync(user, scopes.Length > 0 ? scopes : DocumentedScopes)));
    }

    /// <summary>An API key of this user, made as AuthServer makes them.</summary>
    public async Task<string> NewApiKeyAsync(Guid user, string[] scopes, DateTimeOffset? expiresAt = null)
    {
        await using var database = OpenAuthDb();
        if (!await database.Users.AnyAsync(row => row.Id == user))
        {
            var email = $"{user:N}@example.com";
            var row = User.Register(user, "Somebody", email, Clock.GetUtcNow());
            (row.NormalizedEmail, row.NormalizedUserName, row.PasswordHash) = (email, email, "none");
            database.Add(row);
        }

        database.Add(ApiKey.Generate(user, "Key", scopes, Clock.GetUtcNow(), expiresAt, out var key));
        await database.SaveChangesAsync();
        return key;
    }

    public async Task RevokeApiKeyAsync(string key)
    {
        await using var database = OpenAuthDb();
        var hash = ApiKeyFormat.HashOf(key);
        Assert.Equal(1, await database.ApiKeys.Where(row => row.Hash == hash).ExecuteDeleteAsync());
    }

    /// <summary>authdb, for what AuthServer would do in it.</summary>
    internal AuthDbContext OpenAuthDb() => new(
        new DbContextOptionsBuilder<AuthDbContext>().UseNpgsql(Settings["ConnectionStrings:authdb"])
            .UseSnakeCaseNamingConvention().Options);

    /// <summary>A client that sends this API key.</summary>
    public HttpClient WithKey(string key)
    {
        var client = NewClient();
        client.DefaultRequestHeaders.Add(ApiKeyFormat.Header, key);
        return client;
    }

    /// <summary>A client that sends this token.</summary>
    public HttpClient AsBearer(string token)
    {
        var client = NewClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    private HttpClient NewClient()
    {
        var client = _api!.CreateClient();
        _clients.Add(client);
        return client;
    }

    private sealed class Factory(TasksApiHost host, Action<IServiceCollection> observe, (string Name, string Value)[] settings)
        : WebApplicationFactory<TasksDbContext>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            foreach (var (name, value) in host.Settings)
            {
                builder.UseSetting(name, value);
            }

            foreach (var (name, value) in settings)
            {
                builder.UseSetting(name, value);
            }

            builder.ConfigureServices(services =>
            {
                services.AddSingleton<TimeProvider>(host.Clock);
                observe(services);
            });
        }
    }
}
