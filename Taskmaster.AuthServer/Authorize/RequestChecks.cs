using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;
using AspNetCore = OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreHandlers;
using Builtin = OpenIddict.Server.OpenIddictServerHandlers;

namespace Taskmaster.AuthServer.Authorize;

/// <summary>Our checks among OpenIddict's own, each beside the one it belongs to.</summary>
internal static class RequestChecks
{
    public static void AddRequestChecks(this OpenIddictServerBuilder server)
    {
        // First of all checks: a parameter that is there twice reads as missing afterwards.
        server.AddDuplicateCheck<ValidateAuthorizationRequestContext>()
            .AddDuplicateCheck<ValidatePushedAuthorizationRequestContext>()
            .AddDuplicateCheck<ValidateDeviceAuthorizationRequestContext>()
            .AddDuplicateCheck<ValidateEndUserVerificationRequestContext>()
            .AddDuplicateCheck<ValidateTokenRequestContext>()
            .AddDuplicateCheck<ValidateIntrospectionRequestContext>()
            .AddDuplicateCheck<ValidateRevocationRequestContext>()
            .AddDuplicateCheck<ValidateEndSessionRequestContext>();

        server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler
            .UseSingletonHandler<RefuseLongRequests>()
            .SetOrder(int.MinValue + 60_000));

        server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler
                .UseSingletonHandler<RequireRedirectUri>()
                .SetOrder(Builtin.Authentication.ValidateRedirectUriParameter.Descriptor.Order - 100))
            .AddEventHandler<ValidatePushedAuthorizationRequestContext>(handler => handler
                .UseSingletonHandler<RequireRedirectUri>()
                .SetOrder(Builtin.Authentication.ValidatePushedRedirectUriParameter.Descriptor.Order - 100));

        // RFC 6749 §3.2 has parameters ignored that mean nothing where they are; some client libraries repeat the scope when they
        // redeem a code. RequireAllowedScopes knows for which grants it means something.
        server.RemoveEventHandler(Builtin.Exchange.ValidateScopeParameter.Descriptor)
            .RemoveEventHandler(Builtin.Exchange.ValidateScopePermissions.Descriptor);
        server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler
                .UseSingletonHandler<RequireCodeResponseType>()
                .SetOrder(Builtin.Authentication.ValidateResponseTypeParameter.Descriptor.Order + 500))
            .AddEventHandler<ValidatePushedAuthorizationRequestContext>(handler => handler
                .UseSingletonHandler<RequireCodeResponseType>()
                .SetOrder(Builtin.Authentication.ValidatePushedResponseTypeParameter.Descriptor.Order + 500))
            .AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler
                .UseSingletonHandler<RefuseMalformedParameters>()
                .SetOrder(Builtin.Authentication.ValidateGrantTypePermissions.Descriptor.Order - 60))
            .AddEventHandler<ValidatePushedAuthorizationRequestContext>(handler => handler
                .UseSingletonHandler<RefuseMalformedParameters>()
                .SetOrder(Builtin.Authentication.ValidatePushedGrantTypePermissions.Descriptor.Order - 60));

        // It belongs to the token exchange (RFC 8693 §2.1), which is not offered: in any other request it is a parameter
        // that nobody knows, and passed over (RFC 6749 §3.1, §3.2). Which resource a token is for, resource says (RFC 8707).
        server.RemoveEventHandler(Builtin.Authentication.ValidateAudienceParameter.Descriptor)
            .RemoveEventHandler(Builtin.Authentication.ValidatePushedAudienceParameter.Descriptor)
            .RemoveEventHandler(Builtin.Exchange.ValidateAudienceParameter.Descriptor)
            .RemoveEventHandler(Builtin.Exchange.ValidateAudiences.Descriptor)
            .RemoveEventHandler(Builtin.Exchange.ValidateAudiencePermissions.Descriptor);

        // OpenIddict's own checks call a scope the client may not have invalid_request, and do not name it.
        server.RemoveEventHandler(Builtin.Authentication.ValidateScopes.Descriptor)
            .RemoveEventHandler(Builtin.Authentication.ValidatePushedScopes.Descriptor)
            .RemoveEventHandler(Builtin.Device.ValidateScopes.Descriptor)
            .RemoveEventHandler(Builtin.Exchange.ValidateScopes.Descriptor)
            .AddEventHandler<ValidatePushedAuthorizationRequestContext>(handler => handler
                .UseScopedHandler<RequireAllowedScopes>()
                .SetOrder(Builtin.Authentication.ValidatePushedGrantTypePermissions.Descriptor.Order - 100))
            .AddEventHandler<ValidateDeviceAuthorizationRequestContext>(handler => handler
                .UseScopedHandler<RequireAllowedScopes>()
                .SetOrder(Builtin.Device.ValidateScopePermissions.Descriptor.Order - 100))
            .AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler
                .UseScopedHandler<RequireAllowedScopes>()
                .SetOrder(Builtin.Authentication.ValidateGrantTypePermissions.Descriptor.Order - 100))
            .AddEventHandler<ValidateTokenRequestContext>(handler => handler
                .UseScopedHandler<RequireAllowedScopes>()
                .SetOrder(Builtin.Exchange.ValidateScopePermissions.Descriptor.Order - 100));

        server.DisableResourceValidation()
            .IgnoreResourcePermissions()
            .RemoveEventHandler(Builtin.Authentication.ValidateResourceParameter.Descriptor)
            .RemoveEventHandler(Builtin.Authentication.ValidatePushedResourceParameter.Descriptor)
            .RemoveEventHandler(Builtin.Exchange.ValidateResourceParameter.Descriptor)
            .AddEventHandler<ValidatePushedAuthorizationRequestContext>(handler => handler
                .UseSingletonHandler<RequireKnownResources>()
                .SetOrder(Builtin.Authentication.ValidatePushedGrantTypePermissions.Descriptor.Order - 90))
            .AddEventHandler<ValidateDeviceAuthorizationRequestContext>(handler => handler
                .UseSingletonHandler<RequireKnownResources>()
                .SetOrder(Builtin.Device.ValidateScopePermissions.Descriptor.Order - 90))
            .AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler
                .UseSingletonHandler<RequireKnownResources>()
                .SetOrder(Builtin.Authentication.ValidateGrantTypePermissions.Descriptor.Order - 90))
            .AddEventHandler<ValidateTokenRequestContext>(handler => handler
                .UseSingletonHandler<RequireKnownResources>()
                .SetOrder(Builtin.Exchange.ValidateScopePermissions.Descriptor.Order - 90));

        server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler
                .UseSingletonHandler<RefuseUnmetAuthenticationContext>()
                .SetOrder(Builtin.Authentication.ValidateGrantTypePermissions.Descriptor.Order - 50))
            .AddEventHandler<ValidatePushedAuthorizationRequestContext>(handler => handler
                .UseSingletonHandler<RefuseUnmetAuthenticationContext>()
                .SetOrder(Builtin.Authentication.ValidatePushedGrantTypePermissions.Descriptor.Order - 50));

        server.RemoveEventHandler(AspNetCore.Authentication.ProcessFormPostResponse.Descriptor)
            .AddEventHandler<ApplyAuthorizationResponseContext>(handler => handler
                .UseSingletonHandler<FormPostPage>()
                .SetOrder(AspNetCore.Authentication.ProcessFormPostResponse.Descriptor.Order));

        server.RemoveEventHandler(Builtin.Protection.ValidateExpirationDate.Descriptor)
            .AddEventHandler<ValidateTokenContext>(handler => handler
                .AddFilter<OpenIddictServerHandlerFilters.RequireTokenLifetimeValidationEnabled>()
                .UseSingletonHandler<RejectExpired>()
                .SetOrder(Builtin.Protection.ValidateTokenEntry.Descriptor.Order + 100));
    }

    private static OpenIddictServerBuilder AddDuplicateCheck<TContext>(this OpenIddictServerBuilder server)
        where TContext : BaseValidatingContext =>
        server.AddEventHandler<TContext>(handler => handler
            .UseSingletonHandler<RefuseDuplicateParameters<TContext>>()
            .SetOrder(int.MinValue + 50_000));
}
