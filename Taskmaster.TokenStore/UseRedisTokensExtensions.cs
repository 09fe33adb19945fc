using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using OpenIddict.Server.DataProtection;
using OpenIddict.Validation.DataProtection;
using Taskmaster.TokenStore;
using Taskmaster.TokenStore.Fast;
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
        services.TryAddSingleton<TokenDatabase>();
        services.TryAddSingleton<TokenReader>();
        services.TryAddSingleton<TokenWriter>();
        services.TryAddSingleton(provider => new FailedAttempts(provider.GetRequiredService<TokenWriter>()));
        services.TryAddSingleton(provider => new TokenPayloads(
            provider.GetRequiredService<IOptions<OpenIddictServerDataProtectionOptions>>().Value,
            provider.GetRequiredService<IOptions<OpenIddictValidationDataProtectionOptions>>().Value));
        services.TryAddSingleton<KnownTokens>();
        services.TryAddSingleton<LiveTokens>();
        services.TryAddSingleton(provider => new AccessTokens(
            provider.GetRequiredService<LiveTokens>(),
            provider.GetRequiredService<TokenWriter>(),
            provider.GetRequiredService<TokenPayloads>(),
            provider.GetRequiredService<TokenStoreMetrics>()));
        services.TryAddSingleton(provider => new AuthorizationCodes(
            provider.GetRequiredService<LiveTokens>(), provider.GetRequiredService<TokenWriter>(),
            provider.GetRequiredService<TokenPayloads>()));
        services.TryAddScoped(provider => new TokenUnitOfWork(provider.GetRequiredService<TokenWriter>()));

        builder.ReplaceTokenStore<RedisToken, RedisTokenStore>()
            .ReplaceTokenManager<RedisToken, RedisTokenManager>()
            .SetDefaultTokenEntity<RedisToken>()
            // The scope's unit of work is the map of what was read; a second cache would keep what it has dropped.
            .DisableEntityCaching()
            // Keys are compared byte by byte; there is no collation to check after.
            .DisableAdditionalFiltering();

        AddServerHandlers(services);
        new OpenIddictValidationBuilder(services).AddEventHandler(RestoreTokenId.ValidationDescriptor);
        AddCompactPayloads(services);
        return builder;
    }

    /// <summary>Has no effect in an application that does not use Data Protection, or has a formatter of its own.</summary>
    private static void AddCompactPayloads(IServiceCollection services)
    {
        var formatter = new CompactTokenFormatter();
        services.Configure<OpenIddictServerDataProtectionOptions>(options =>
            options.Formatter = options.Formatter is OpenIddictServerDataProtectionFormatter ? formatter : options.Formatter);
        services.Configure<OpenIddictValidationDataProtectionOptions>(options =>
            options.Formatter = options.Formatter is OpenIddictValidationDataProtectionFormatter ? formatter : options.Formatter);
    }

    /// <summary>Has no effect in an application without an OpenIddict server.</summary>
    private static void AddServerHandlers(IServiceCollection services)
    {
        new OpenIddictServerBuilder(services)
            .RemoveEventHandler(OpenIddictServerHandlers.Protection.AttachTokenPayload.Descriptor)
            .AddEventHandler(BeginTokenWork.Descriptor)
            .AddEventHandler(AttachGrant.Descriptor)
            .AddEventHandler(SkipIdentityTokenEntry.Descriptor)
            .AddEventHandler(LeaveOutWhatTheEntryHolds.Descriptor)
            .AddEventHandler(AttachReference.Descriptor)
            .AddEventHandler(CommitTokenWork.Descriptor)
            .AddEventHandler(RestoreTokenId.ServerDescriptor)
            .AddEventHandler(RecogniseReplay.Descriptor);

        services.AddOptions<OpenIddictServerOptions>().Configure<IOptions<RedisTokenStoreOptions>>((server, own) =>
        {
            // The store rotates what it can find by reference, and the absolute lifetime is not extended by use.
            server.UseReferenceRefreshTokens = true;
            server.DisableSlidingRefreshTokenExpiration = true;
            server.DisableAuthorizationStorage |= own.Value.AssignGrants;
        });
    }
}
