using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using Taskmaster.TokenStore;
using Taskmaster.TokenStore.Format;
using Taskmaster.TokenStore.OpenIddict;
using Taskmaster.TokenStore.Redis;

namespace Microsoft.Extensions.DependencyInjection;

public static class UseRedisTokensExtensions
{
    /// <summary>
    /// Keeps OpenIddict's codes and tokens in Redis, through the <c>IConnectionMultiplexer</c> in the container. For
    /// servers and for applications that only validate; call it after the store of clients and scopes, if there is one.
    /// </summary>
    public static OpenIddictCoreBuilder UseRedisTokens(
        this OpenIddictCoreBuilder builder, Action<RedisTokenStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        var services = builder.Services;
        var options = services.AddOptions<RedisTokenStoreOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<RedisTokenStoreOptions>, RedisTokenStoreOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new TokenStoreMetrics(provider.GetService<IMeterFactory>()));
        services.TryAddSingleton<TokenKeys>();
        services.TryAddSingleton<ITokenCommands, TokenCommands>();
        services.TryAddSingleton<TokenDatabase>();
        services.TryAddSingleton<TokenReader>();
        services.TryAddSingleton<TokenWriter>();
        services.TryAddSingleton(provider => new FailedAttempts(provider.GetRequiredService<TokenWriter>()));
        services.TryAddScoped(provider => new TokenUnitOfWork(provider.GetRequiredService<TokenWriter>()));

        builder.ReplaceTokenStore<RedisToken, RedisTokenStore>()
            .ReplaceTokenManager<RedisToken, RedisTokenManager>()
            .SetDefaultTokenEntity<RedisToken>()
            // The unit of work already caches the tokens a scope has read; a second cache would keep tokens it has dropped.
            .DisableEntityCaching()
            // Redis compares keys byte by byte, so results need no second, case-sensitive check.
            .DisableAdditionalFiltering();

        AddServerHandlers(services);
        return builder;
    }

    /// <summary>In the order in which they run. Has no effect in an application without an OpenIddict server.</summary>
    private static void AddServerHandlers(IServiceCollection services)
    {
        new OpenIddictServerBuilder(services)
            .RemoveEventHandler(OpenIddictServerHandlers.Protection.AttachTokenPayload.Descriptor)

            // ValidateToken: before OpenIddict looks at the entry.
            .AddEventHandler(RecogniseReplay.Descriptor)

            // ProcessSignIn: before the presented code or refresh token is redeemed, and before an authorization is attached.
            .AddEventHandler(BeginTokenWork.Descriptor)
            .AddEventHandler(AttachGrant.Descriptor)

            // GenerateToken, once for each token of the answer: before its entry is made, after it, and in place of
            // AttachTokenPayload.
            .AddEventHandler(SkipIdentityTokenEntry.Descriptor)
            .AddEventHandler(LeaveOutWhatTheEntryHolds.Descriptor)
            .AddEventHandler(AttachReference.Descriptor)

            // ProcessSignIn again: when all tokens are made.
            .AddEventHandler(CommitTokenWork.Descriptor);

        services.AddOptions<OpenIddictServerOptions>().Configure<IOptions<RedisTokenStoreOptions>>((server, own) =>
        {
            // The store rotates what it can find by reference, and the absolute lifetime is not extended by use.
            server.UseReferenceRefreshTokens = true;
            server.DisableSlidingRefreshTokenExpiration = true;
            server.DisableAuthorizationStorage |= own.Value.AssignGrants;
        });
    }
}
