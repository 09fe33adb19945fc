using Microsoft.Extensions.Options;
using OpenIddict.Server;
using OpenIddict.Validation;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Device;
using Taskmaster.AuthServer.Discovery;
using Taskmaster.AuthServer.Dpop;
using Taskmaster.AuthServer.Keys;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.AuthServer.Token;
using Taskmaster.ServiceDefaults.Dpop;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.TokenStore.Redis;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.Server;

internal static class AuthorizationServerExtensions
{
    /// <summary>The OAuth 2.0 and OpenID Connect server, with its codes and tokens in Redis, and its own tokens' validation.</summary>
    public static void AddAuthorizationServer(this WebApplicationBuilder builder, PublicOrigin origin)
    {
        builder.Services.AddOptions<TokenLifetimes>().BindConfiguration(TokenLifetimes.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<TokenLifetimes>, TokenLifetimes>();
        builder.Services.AddSingleton<IConfigureOptions<RedisTokenStoreOptions>, KeepMarksLongEnough>();
        builder.AddProtocolKeys();
        builder.Services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>, ConfigureLifetimesAndKeys>();
        builder.Services.AddSingleton<IssuedClaims>();
        builder.Services.AddSingleton<TokenRequests>();
        builder.Services.AddDpop();

        builder.Services.AddOpenIddict()
            .AddCore(core => core
                .SetDefaultApplicationEntity<Client>()
                .ReplaceApplicationStore<Client, ClientStore>(ServiceLifetime.Scoped)
                .ReplaceApplicationManager<Client, ClientManager>()
                .DisableEntityCaching()
                .UseRedisTokens())
            .AddServer(server => Configure(server, origin))
            .AddValidation(validation =>
            {
                validation.UseLocalServer();
                validation.UseAspNetCore()
                    .SetRealm(ProtocolErrors.Realm)
                    .DisableAccessTokenExtractionFromBodyForm()
                    .DisableAccessTokenExtractionFromQueryString();
                validation.UseDataProtection();
                validation.EnableTokenEntryValidation();
                validation.AddAudiences(origin.ManagementAudience);
                validation.RemoveEventHandler(OpenIddictValidationHandlers.Protection.ValidateProofOfPossession.Descriptor);
                validation.AddEventHandler(RefuseBoundTokens.Descriptor);
            });
    }

    private static void Configure(OpenIddictServerBuilder server, PublicOrigin origin)
    {
        server.SetIssuer(origin.Uri)
            .SetAuthorizationEndpointUris(OAuthEndpoints.Authorize)
            .SetPushedAuthorizationEndpointUris(OAuthEndpoints.Par)
            .SetDeviceAuthorizationEndpointUris(OAuthEndpoints.Device)
            .SetEndUserVerificationEndpointUris(OAuthEndpoints.Verify)
            .SetTokenEndpointUris(OAuthEndpoints.Token)
            .SetIntrospectionEndpointUris(OAuthEndpoints.Introspect)
            .SetRevocationEndpointUris(OAuthEndpoints.Revoke)
            .SetUserInfoEndpointUris(OAuthEndpoints.UserInfo)
            .SetEndSessionEndpointUris(OAuthEndpoints.Logout)
            .SetJsonWebKeySetEndpointUris(OAuthEndpoints.Jwks)
            .SetConfigurationEndpointUris(OAuthEndpoints.Discovery, OAuthEndpoints.Metadata);

        server.AllowAuthorizationCodeFlow()
            .AllowClientCredentialsFlow()
            .AllowDeviceAuthorizationFlow()
            .AllowRefreshTokenFlow()
            .AllowTokenExchangeFlow();

        server.UseReferenceAccessTokens()
            .UseReferenceRefreshTokens()
            .DisableAuthorizationStorage()
            .DisableSlidingRefreshTokenExpiration();
        server.UseDataProtection();

        server.RegisterScopes([.. ClientPermissions.UserScopes]);
        server.RegisterClaims(
            Claims.Audience, Claims.AuthenticationContextReference, Claims.AuthenticationTime, Claims.Email, Claims.EmailVerified,
            Claims.ExpiresAt, Claims.IssuedAt, Claims.Issuer, Claims.Name, Claims.Subject);

        server.Configure(AdvertisedMetadata.OnlyWhatWorks);

        var aspNetCore = server.UseAspNetCore()
            .EnableAuthorizationEndpointPassthrough()
            .EnableEndUserVerificationEndpointPassthrough()
            .EnableEndSessionEndpointPassthrough()
            .EnableStatusCodePagesIntegration()
            .SetRealm(ProtocolErrors.Realm);
        if (!origin.IsHttps)
        {
            aspNetCore.DisableTransportSecurityRequirement();
        }

        server.AddDeviceAuthorization();
        server.DisableResourceValidation().IgnoreResourcePermissions();
        Pipeline.Arrange(server);
    }
}
