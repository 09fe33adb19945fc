using Taskmaster.AuthServer.Errors;
using static OpenIddict.Server.OpenIddictServerEvents;
using AspNetCore = OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreHandlers;
using Builtin = OpenIddict.Server.OpenIddictServerHandlers;

namespace Taskmaster.AuthServer.Token;

internal static class GrantExtensions
{
    public static void AddGrants(this OpenIddictServerBuilder server)
    {
        server.Services.AddSingleton<IssuedClaims>();
        server.Services.AddSingleton<TokenRequests>();
        server.RemoveEventHandler(Builtin.Introspection.ValidateTokenType.Descriptor)
            .AddEventHandler<ValidateIntrospectionRequestContext>(handler => handler
                .UseSingletonHandler<InactiveUnlessToken>()
                .SetOrder(Builtin.Introspection.ValidateTokenType.Descriptor.Order));
        server.AddEventHandler<HandleTokenRequestContext>(handler => handler.UseSingletonHandler<ClientCredentialsGrant>().SetOrder(0))
            .AddEventHandler<ApplyTokenResponseContext>(
                handler => handler.UseSingletonHandler<BurnGuessedCode>().SetOrder(DocumentedErrors.TextsOrder + 100))
            .AddEventHandler<ExtractUserInfoRequestContext>(handler => handler
                .UseSingletonHandler<UserInfoRequest>()
                .SetOrder(AspNetCore.ExtractGetOrPostRequest<ExtractUserInfoRequestContext>.Descriptor.Order - 100))
            .AddEventHandler<HandleUserInfoRequestContext>(
                handler => handler.UseScopedHandler<UserInfo>().SetOrder(Builtin.UserInfo.AttachClaims.Descriptor.Order + 100));
    }

    /// <summary>Counts what OpenIddict's pipeline answers; the short path counts for itself.</summary>
    public static void CountTokenRequests(this OpenIddictServerBuilder server) => server
        .AddEventHandler<ApplyAuthorizationResponseContext>(
            handler => handler.UseSingletonHandler<TokenRequests>().SetOrder(DocumentedErrors.TextsOrder + 200))
        .AddEventHandler<ApplyPushedAuthorizationResponseContext>(
            handler => handler.UseSingletonHandler<TokenRequests>().SetOrder(DocumentedErrors.TextsOrder + 200))
        .AddEventHandler<ApplyDeviceAuthorizationResponseContext>(
            handler => handler.UseSingletonHandler<TokenRequests>().SetOrder(DocumentedErrors.TextsOrder + 200))
        .AddEventHandler<ApplyEndUserVerificationResponseContext>(
            handler => handler.UseSingletonHandler<TokenRequests>().SetOrder(DocumentedErrors.TextsOrder + 200))
        .AddEventHandler<ApplyTokenResponseContext>(
            handler => handler.UseSingletonHandler<TokenRequests>().SetOrder(DocumentedErrors.TextsOrder + 200))
        .AddEventHandler<ApplyIntrospectionResponseContext>(
            handler => handler.UseSingletonHandler<TokenRequests>().SetOrder(DocumentedErrors.TextsOrder + 200))
        .AddEventHandler<ApplyRevocationResponseContext>(
            handler => handler.UseSingletonHandler<TokenRequests>().SetOrder(DocumentedErrors.TextsOrder + 200))
        .AddEventHandler<ApplyUserInfoResponseContext>(
            handler => handler.UseSingletonHandler<TokenRequests>().SetOrder(DocumentedErrors.TextsOrder + 200))
        .AddEventHandler<ApplyEndSessionResponseContext>(
            handler => handler.UseSingletonHandler<TokenRequests>().SetOrder(DocumentedErrors.TextsOrder + 200));

    public static void AddIssuedTokenRules(this OpenIddictServerBuilder server) => server
        .RemoveEventHandler(Builtin.Exchange.ValidateGrantedScopes.Descriptor)
        .AddEventHandler<ValidateTokenRequestContext>(handler => handler
            .UseSingletonHandler<RequireGranted>()
            .SetOrder(Builtin.Exchange.ValidateGrantedScopes.Descriptor.Order))
        .AddEventHandler<ProcessSignInContext>(handler => handler
            .UseSingletonHandler<NarrowAccessToken>()
            .SetOrder(Builtin.PrepareAccessTokenPrincipal.Descriptor.Order + 100))
        .AddEventHandler<ProcessSignInContext>(handler => handler
            .UseSingletonHandler<NameGrantedScopes>()
            .SetOrder(Builtin.AttachSignInParameters.Descriptor.Order + 100))
        .AddEventHandler<ProcessSignInContext>(handler => handler
            .UseSingletonHandler<IssuedTokenRules>()
            .SetOrder(Builtin.PrepareUserCodePrincipal.Descriptor.Order + 100))
        .AddEventHandler<ApplyTokenResponseContext>(handler => handler.UseSingletonHandler<IssuedTokenRules>().SetOrder(0))
        .AddEventHandler<ApplyPushedAuthorizationResponseContext>(handler => handler.UseSingletonHandler<IssuedTokenRules>().SetOrder(0))
        .AddEventHandler<ApplyAuthorizationResponseContext>(handler => handler
            .UseSingletonHandler<IssuedTokenRules>()
            .SetOrder(Builtin.Authentication.AttachIssuer.Descriptor.Order + 100))
        .AddEventHandler<HandleIntrospectionRequestContext>(handler => handler
            .UseSingletonHandler<IssuedTokenRules>()
            .SetOrder(int.MaxValue - 100_000))
        .AddEventHandler<HandleConfigurationRequestContext>(handler => handler
            .UseSingletonHandler<IssuedTokenRules>()
            .SetOrder(Builtin.Discovery.AttachAdditionalMetadata.Descriptor.Order + 100));
}
