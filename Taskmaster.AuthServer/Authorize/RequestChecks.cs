using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;
using Builtin = OpenIddict.Server.OpenIddictServerHandlers;

namespace Taskmaster.AuthServer.Authorize;

/// <summary>Our checks among OpenIddict's own, each beside the one it belongs to.</summary>
internal static class RequestChecks
{
    public static void AddRequestChecks(this OpenIddictServerBuilder server)
    {
        // First of all checks: a parameter that is there twice reads as missing afterwards.
        server.AddDuplicateCheck<ValidateAuthorizationRequestContext>()
            .AddDuplicateCheck<ValidateTokenRequestContext>()
            .AddDuplicateCheck<ValidateIntrospectionRequestContext>()
            .AddDuplicateCheck<ValidateRevocationRequestContext>()
            .AddDuplicateCheck<ValidateEndSessionRequestContext>();

        server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler
            .UseSingletonHandler<RequireRedirectUri>()
            .SetOrder(Builtin.Authentication.ValidateRedirectUriParameter.Descriptor.Order - 100));

        // OpenIddict's own checks call a scope the client may not have invalid_request, and do not name it.
        server.RemoveEventHandler(Builtin.Authentication.ValidateScopes.Descriptor)
            .RemoveEventHandler(Builtin.Exchange.ValidateScopes.Descriptor)
            .AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler
                .UseScopedHandler<RequireAllowedScopes>()
                .SetOrder(Builtin.Authentication.ValidateGrantTypePermissions.Descriptor.Order - 100))
            .AddEventHandler<ValidateTokenRequestContext>(handler => handler
                .UseScopedHandler<RequireAllowedScopes>()
                .SetOrder(Builtin.Exchange.ValidateScopePermissions.Descriptor.Order - 100));

        server.RemoveEventHandler(Builtin.Protection.ValidateExpirationDate.Descriptor)
            .AddEventHandler<ValidateTokenContext>(handler => handler
                .AddFilter<OpenIddictServerHandlerFilters.RequireTokenLifetimeValidationEnabled>()
                .UseSingletonHandler<RejectExpired>()
                .SetOrder(Builtin.Protection.ValidateTokenEntry.Descriptor.Order + 100));
    }

    private static OpenIddictServerBuilder AddDuplicateCheck<TContext>(this OpenIddictServerBuilder server) where TContext : BaseValidatingContext =>
        server.AddEventHandler<TContext>(handler => handler
            .UseSingletonHandler<RefuseDuplicateParameters<TContext>>()
            .SetOrder(int.MinValue + 50_000));
}
