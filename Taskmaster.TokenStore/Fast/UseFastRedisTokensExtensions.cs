using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OpenIddict.Server.DataProtection;
using OpenIddict.Validation.DataProtection;
using Taskmaster.TokenStore.Fast;
using Taskmaster.TokenStore.Redis;

namespace Microsoft.Extensions.DependencyInjection;

public static class UseFastRedisTokensExtensions
{
    /// <summary>
    /// After <c>UseRedisTokens</c>: commands that come together are sent together, payloads are compact, and
    /// <see cref="AccessTokens"/> and <see cref="GrantTokens"/> are there for those who go without OpenIddict's pipeline.
    /// All servers on one Redis have it or none: without it compact payloads cannot be read.
    /// </summary>
    public static OpenIddictCoreBuilder UseFastRedisTokens(this OpenIddictCoreBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        var services = builder.Services;
        services.Replace(ServiceDescriptor.Singleton<ITokenCommands>(provider =>
            new RedisPipeline(provider.GetRequiredService<StackExchange.Redis.IConnectionMultiplexer>())));
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
        services.TryAddSingleton(provider => new GrantTokens(
            provider.GetRequiredService<LiveTokens>(), provider.GetRequiredService<TokenWriter>(),
            provider.GetRequiredService<TokenPayloads>()));

        new OpenIddictServerBuilder(services).AddEventHandler(RestoreTokenId.ServerDescriptor);
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
}
