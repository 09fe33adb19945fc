using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using StackExchange.Redis;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.KeyRing;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Tests.TokenStore.OAuth;
using Taskmaster.TokenStore;
using Taskmaster.TokenStore.OpenIddict;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.Tests.TasksApi.Hosting;

/// <summary>Makes tokens as AuthServer does: OpenIddict's own, in the same Redis, under the same key ring.</summary>
public sealed class TokenIssuer : IAsyncDisposable
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly IHost _host;
    private readonly PublicOrigin _origin;
    private readonly TimeProvider _clock;

    private TokenIssuer(IHost host)
    {
        _host = host;
        _origin = host.Services.GetRequiredService<PublicOrigin>();
        _clock = host.Services.GetRequiredService<TimeProvider>();
    }

    public static TokenIssuer Start(IReadOnlyDictionary<string, string?> settings, TimeProvider clock)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddLogging();
        builder.Services.AddSingleton(clock);

        var origin = builder.AddPublicOrigin();
        builder.AddRedisClient(ResourceNames.Redis, configureOptions: options => options.ForTokens());
        builder.AddKeyRing("Taskmaster.Tokens", generatesKeys: true);
        builder.Services.AddDbContext<ClientsDbContext>(options => options.UseInMemoryDatabase(nameof(TokenIssuer)).UseOpenIddict());
        builder.Services.AddOpenIddict()
            .AddCore(options =>
            {
                // OpenIddict's server wants a store of clients to exist; nothing is in it.
                options.UseEntityFrameworkCore().UseDbContext<ClientsDbContext>();
                options.UseRedisTokens().UseFastRedisTokensIfIn();
            })
            .AddServer(options => options
                .SetIssuer(origin.Uri)
                .SetTokenEndpointUris("oauth2/token")
                .AllowClientCredentialsFlow()
                .UseReferenceAccessTokens()
                .AddEphemeralEncryptionKey()
                .AddEphemeralSigningKey()
                .UseDataProtection());

        return new TokenIssuer(builder.Build());
    }

    /// <summary>An access token for the Tasks API, or whatever <paramref name="change"/> makes of it.</summary>
    public Task<string> AccessTokenAsync(Guid owner, IEnumerable<string> scopes, Action<ClaimsPrincipal>? change = null) =>
        IssueAsync(TokenTypeIdentifiers.AccessToken, owner, scopes, change);

    /// <summary>A token of another kind, with all else as in an access token.</summary>
    public Task<string> OtherTokenAsync(string type, Guid owner) => IssueAsync(type, owner, [Scopes.OpenId], null);

    public async Task RevokeAsync(string token)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        var tokens = scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>();
        var entry = await tokens.FindByReferenceIdAsync(token);
        Assert.NotNull(entry);
        Assert.True(await tokens.TryRevokeAsync(entry));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.Services.GetRequiredService<IConnectionMultiplexer>().DisposeAsync();
        _host.Dispose();
    }

    private async Task<string> IssueAsync(string type, Guid owner, IEnumerable<string> scopes, Action<ClaimsPrincipal>? change)
    {
        var now = _clock.GetUtcNow();
        var principal = new ClaimsPrincipal(new ClaimsIdentity("tests"))
            .SetClaim(Claims.Subject, owner.ToString())
            .SetClaim(TaskmasterClaims.Owner, owner.ToString())
            .SetClaim(Claims.Private.Issuer, _origin.Uri.AbsoluteUri)
            .SetScopes(scopes)
            .SetAudiences(_origin.TasksApiAudience)
            .SetCreationDate(now)
            .SetExpirationDate(now + Lifetime)
            .SetTokenType(type);
        change?.Invoke(principal);

        await using var scope = _host.Services.CreateAsyncScope();
        var transaction = await scope.ServiceProvider.GetRequiredService<IOpenIddictServerFactory>().CreateTransactionAsync();
        var stored = type != TokenTypeIdentifiers.IdentityToken;
        var context = new GenerateTokenContext(transaction)
        {
            CreateTokenEntry = stored,
            IsReferenceToken = stored,
            PersistTokenPayload = stored,
            Principal = principal,
            TokenFormat = TokenFormats.Private.JsonWebToken,
            TokenType = type,
        };
        var unit = scope.ServiceProvider.GetRequiredService<TokenUnitOfWork>();
        unit.Begin();
        await scope.ServiceProvider.GetRequiredService<IOpenIddictServerDispatcher>().DispatchAsync(context);
        Assert.False(context.IsRejected, context.ErrorDescription);
        Assert.True((await unit.CommitAsync()).Succeeded);
        return context.Token!;
    }
}
