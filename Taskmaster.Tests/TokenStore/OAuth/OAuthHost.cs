using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OpenIddict.Abstractions;
using StackExchange.Redis;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Tests.TokenStore.Servers;
using Taskmaster.TokenStore.Conformance.Store;
using Taskmaster.TokenStore.Redis;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.Tests.TokenStore.OAuth;

/// <summary>
/// A small authorization server and, as a separate application, an API that only validates; both keep tokens in the
/// given Redis, and nothing in them but one line knows that.
/// </summary>
public sealed class OAuthHost : IAsyncDisposable
{
    public static readonly Uri Issuer = new("http://auth.example/");

    private readonly string _keys = Directory.CreateTempSubdirectory("taskmaster-keys-").FullName;
    private readonly List<WebApplication> _running = [];

    private OAuthHost()
    {
    }

    public FakeTimeProvider Time { get; } = new(
        DateTimeOffset.Parse("2026-11-23T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture));

    public HttpClient Server { get; private set; } = null!;

    public HttpClient Api { get; private set; } = null!;

    internal RoundTrips ServerTrips { get; private set; } = null!;

    internal RoundTrips ApiTrips { get; private set; } = null!;

    public IServiceProvider ServerServices => _running[0].Services;

    public static async Task<OAuthHost> StartAsync(
        IConnectionMultiplexer redis,
        Action<OpenIddictServerBuilder>? configure = null,
        Action<RedisTokenStoreOptions>? configureTokens = null)
    {
        var host = new OAuthHost();
        var database = $"{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}";
        Action<RedisTokenStoreOptions> tokens = options =>
        {
            options.KeyPrefix = "t" + database[^4..] + ":";
            options.Timeout = TokenRedis.Timeout;
            configureTokens?.Invoke(options);
        };
        (host.Server, host.ServerTrips) = await host.StartAsync(
            redis, services => AuthorizationServer(services, database, tokens, configure), app => app.MapOAuth());
        (host.Api, host.ApiTrips) = await host.StartAsync(redis, services => ResourceServer(services, tokens), app => app.MapApi());
        await host.AddClientAsync("web", [Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.RefreshToken]);
        await host.AddClientAsync("other", [Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.RefreshToken]);
        await host.AddClientAsync("machine", [Permissions.GrantTypes.ClientCredentials]);
        return host;
    }

    public PkceClient Client(string id) => new(this, id);

    public AsyncServiceScope Scope() => ServerServices.CreateAsyncScope();

    public async ValueTask DisposeAsync()
    {
        ServerTrips.Dispose();
        ApiTrips.Dispose();
        Server.Dispose();
        Api.Dispose();

        foreach (var app in _running)
        {
            await app.DisposeAsync();
        }

        Directory.Delete(_keys, recursive: true);
    }

    private static void AuthorizationServer(
        IServiceCollection services, string database, Action<RedisTokenStoreOptions> tokens, Action<OpenIddictServerBuilder>? configure)
    {
        services.AddDbContext<ClientsDbContext>(options => options.UseInMemoryDatabase(database).UseOpenIddict());
        services.AddOpenIddict()
            .AddCore(core =>
            {
                core.UseEntityFrameworkCore().UseDbContext<ClientsDbContext>();
                core.UseRedisTokens(tokens).UseFastRedisTokensIfIn();
            })
            .AddServer(server =>
            {
                server.SetIssuer(Issuer)
                    .SetAuthorizationEndpointUris("authorize")
                    .SetTokenEndpointUris("token")
                    .SetIntrospectionEndpointUris("introspect")
                    .SetRevocationEndpointUris("revoke")
                    .AllowAuthorizationCodeFlow()
                    .AllowRefreshTokenFlow()
                    .AllowClientCredentialsFlow()
                    .UseReferenceAccessTokens()
                    .SetAuthorizationCodeLifetime(TimeSpan.FromMinutes(10))
                    .SetAccessTokenLifetime(TimeSpan.FromHours(1))
                    .SetRefreshTokenLifetime(TimeSpan.FromDays(30))
                    .SetRefreshTokenReuseLeeway(TimeSpan.FromSeconds(30))
                    .RegisterScopes(Scopes.OfflineAccess, "read")
                    .AddEphemeralEncryptionKey()
                    .AddEphemeralSigningKey()
                    .UseDataProtection();
                server.UseAspNetCore()
                    .EnableAuthorizationEndpointPassthrough()
                    .EnableTokenEndpointPassthrough()
                    .DisableTransportSecurityRequirement();
                server.AddEventHandler(CountWrongVerifiers.Descriptor);
                configure?.Invoke(server);
            });
    }

    private static void ResourceServer(IServiceCollection services, Action<RedisTokenStoreOptions> tokens)
    {
        services.AddOpenIddict()
            .AddCore(core => core.UseRedisTokens(tokens).UseFastRedisTokensIfIn())
            .AddValidation(validation =>
            {
                validation.SetIssuer(Issuer);
                validation.SetConfiguration(new OpenIddictConfiguration { Issuer = Issuer });
                validation.EnableTokenEntryValidation();
                validation.UseDataProtection();
                validation.UseAspNetCore();
            });
        services.AddAuthentication(OpenIddict.Validation.AspNetCore.OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme);
        services.AddAuthorization();
    }

    private async Task<(HttpClient, RoundTrips)> StartAsync(
        IConnectionMultiplexer redis, Action<IServiceCollection> configure, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging();
        builder.Services.AddSingleton(redis);
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddDataProtection().SetApplicationName("tokens").PersistKeysToFileSystem(new DirectoryInfo(_keys));
        configure(builder.Services);

        var app = builder.Build();
        app.UseMiddleware<OutagesAre503>();
        app.UseRouting();
        map(app);
        await app.StartAsync();
        _running.Add(app);

        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.Single()) };
        return (client, new RoundTrips(app.Services.GetRequiredService<IMeterFactory>()));
    }

    private async Task AddClientAsync(string id, string[] grants)
    {
        await using var scope = Scope();
        var descriptor = new OpenIddictApplicationDescriptor
        {
            ClientId = id,
            ClientSecret = PkceClient.Secret,
            RedirectUris = { PkceClient.RedirectUri },
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.Endpoints.Introspection,
                Permissions.Endpoints.Revocation, Permissions.ResponseTypes.Code, Permissions.Prefixes.Scope + "read",
            },
        };
        descriptor.Permissions.UnionWith(grants);
        await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().CreateAsync(descriptor);
    }
}
