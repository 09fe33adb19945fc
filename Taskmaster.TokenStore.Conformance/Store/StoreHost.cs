using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using OpenIddict.Server;
using StackExchange.Redis;
using Taskmaster.TokenStore.Format;
using Taskmaster.TokenStore.OpenIddict;
using Taskmaster.TokenStore.Redis;

namespace Taskmaster.TokenStore.Conformance.Store;

/// <summary>The library without a server around it: each call does, in a scope of its own, what OpenIddict does in one request.</summary>
internal sealed class StoreHost : IAsyncDisposable
{
    public const string AccessToken = OpenIddictConstants.TokenTypeIdentifiers.AccessToken;
    public const string Code = OpenIddictConstants.TokenTypeIdentifiers.Private.AuthorizationCode;
    public const string RefreshToken = OpenIddictConstants.TokenTypeIdentifiers.RefreshToken;

    private readonly ServiceProvider _services;
    private readonly IConnectionMultiplexer _redis;

    public StoreHost(
        IConnectionMultiplexer redis, bool useFastRedisTokens, Action<RedisTokenStoreOptions>? configure = null, TimeSpan? leeway = null)
    {
        _redis = redis;
        var collection = new ServiceCollection();
        collection.AddSingleton<IMeterFactory, HostMeters>();
        collection.AddLogging(logging => logging.AddProvider(Logs));
        collection.AddSingleton(redis);
        collection.Configure<OpenIddictServerOptions>(server => server.RefreshTokenReuseLeeway = leeway ?? TimeSpan.FromSeconds(30));
        collection.AddOpenIddict().AddCore(core =>
        {
            core.UseRedisTokens(options =>
            {
                options.KeyPrefix = Prefix;
                options.Timeout = Eventually.Timeout;
                configure?.Invoke(options);
            });
            if (useFastRedisTokens)
            {
                core.UseFastRedisTokens();
            }
        });
        _services = collection.BuildServiceProvider(validateScopes: true);
        RoundTrips = new RoundTrips(_services.GetRequiredService<IMeterFactory>());
    }

    public string Prefix { get; } = $"test-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}:";

    public RecordedLogs Logs { get; } = new();

    public RoundTrips RoundTrips { get; }

    public RedisTokenStoreOptions Options => _services.GetRequiredService<IOptions<RedisTokenStoreOptions>>().Value;

    public AsyncServiceScope Scope() => _services.CreateAsyncScope();

    public FailedAttempts FailedAttempts => _services.GetRequiredService<FailedAttempts>();

    /// <summary>Creates one code or token of a grant, outside of any sign-in.</summary>
    public async Task<string> IssueAsync(Grant grant, string type = AccessToken, TimeSpan? lifetime = null)
    {
        await using var scope = Scope();
        return (await CreateAsync(scope, grant, type, lifetime)).Reference!;
    }

    /// <summary>Creates an access token for a client itself: it belongs to no grant.</summary>
    public async Task<string> IssueUngrantedAsync(string client)
    {
        await using var scope = Scope();
        return (await CreateAsync(scope, null, client, client, AccessToken, null)).Reference!;
    }

    /// <summary>Redeems a code or refresh token for an access token and a refresh token.</summary>
    public async Task<Bought> RedeemAsync(string reference)
    {
        await using var scope = Scope();
        var tokens = Tokens(scope);
        var unit = scope.ServiceProvider.GetRequiredService<TokenUnitOfWork>();

        var token = await tokens.FindByReferenceIdAsync(reference);
        if (token is null)
        {
            return new(TokenCommitResult.Unknown);
        }

        if (token is { Type: Code, Status: OpenIddictConstants.Statuses.Redeemed })
        {
            _ = await tokens.RevokeByAuthorizationIdAsync(token.AuthorizationId!);
            return new(TokenCommitResult.Replayed);
        }

        if (token.Status == OpenIddictConstants.Statuses.Revoked)
        {
            return new(TokenCommitResult.Revoked);
        }

        unit.Begin();
        Assert.True(await tokens.TryRedeemAsync(token));
        var grant = new Grant(token.AuthorizationId!, token.Subject!, token.ApplicationId!);
        var access = await CreateAsync(scope, grant, AccessToken, null);
        var refresh = await CreateAsync(scope, grant, RefreshToken, token.ExpirationDate - token.CreationDate);
        var commit = await unit.CommitAsync();
        return commit.Succeeded ? new(commit.Result, access.Reference, commit.Successor ?? refresh.Reference) : new(commit.Result);
    }

    /// <summary>As an API would see it: the status of the entry, null when there is none.</summary>
    public async Task<string?> StatusAsync(string reference)
    {
        await using var scope = Scope();
        return (await Tokens(scope).FindByReferenceIdAsync(reference))?.Status;
    }

    public async Task<bool> IsAliveAsync(string? reference) =>
        reference is not null && await StatusAsync(reference) == OpenIddictConstants.Statuses.Valid;

    public async Task<RedisToken> FindAsync(string reference)
    {
        await using var scope = Scope();
        return (await Tokens(scope).FindByReferenceIdAsync(reference))!;
    }

    public Task EndGrantAsync(Grant grant) => RevokeAsync(tokens => tokens.RevokeByAuthorizationIdAsync(grant.Id));

    public async Task RevokeAsync(Func<OpenIddictTokenManager<RedisToken>, ValueTask<long>> revoke)
    {
        await using var scope = Scope();
        _ = await revoke(Tokens(scope));
    }

    public async Task<bool> RevokeTokenAsync(string reference)
    {
        await using var scope = Scope();
        return await Tokens(scope).TryRevokeAsync((await Tokens(scope).FindByReferenceIdAsync(reference))!);
    }

    public static OpenIddictTokenManager<RedisToken> Tokens(AsyncServiceScope scope) =>
        scope.ServiceProvider.GetRequiredService<OpenIddictTokenManager<RedisToken>>();

    /// <summary>The keys of this host, on whatever node they lie.</summary>
    public async Task<List<RedisKey>> KeysAsync(string pattern = "*")
    {
        List<RedisKey> found = [];
        foreach (var server in _redis.GetServers().Where(server => server is { IsConnected: true, IsReplica: false }))
        {
            await foreach (var key in server.KeysAsync(pattern: Prefix + pattern, pageSize: 1000))
            {
                found.Add(key);
            }
        }

        return found;
    }

    public async ValueTask DisposeAsync()
    {
        RoundTrips.Dispose();
        await _services.DisposeAsync();
    }

    private static Task<RedisToken> CreateAsync(AsyncServiceScope scope, Grant grant, string type, TimeSpan? lifetime) =>
        CreateAsync(scope, grant.Id, grant.Subject, grant.Client, type, lifetime);

    private static async Task<RedisToken> CreateAsync(
        AsyncServiceScope scope, string? grant, string subject, string client, string type, TimeSpan? lifetime)
    {
        var now = TimeProvider.System.GetUtcNow();
        var token = await Tokens(scope).CreateAsync(new OpenIddictTokenDescriptor
        {
            ApplicationId = client,
            AuthorizationId = grant,
            CreationDate = now,
            ExpirationDate = now + (lifetime ?? TimeSpan.FromHours(1)),
            Payload = "CfDJ8-a-protected-payload",
            Subject = subject,
            Type = type,
        });
        return token;
    }
}
