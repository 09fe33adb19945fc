using static OpenIddict.Server.OpenIddictServerEvents;
using AspNetCore = OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreHandlers;
using Builtin = OpenIddict.Server.OpenIddictServerHandlers;

namespace Taskmaster.AuthServer.Errors;

internal static class DocumentedErrors
{
    // After the handlers that decide the response and before those that write it, which begin at 100,000.
    public const int TextsOrder = 50_000;

    private const int LocalErrorOrder = 200_000;

    public static void AddDocumentedErrors(this OpenIddictServerBuilder server)
    {
        server.AddTexts<ApplyAuthorizationResponseContext>()
            .AddTexts<ApplyPushedAuthorizationResponseContext>()
            .AddTexts<ApplyDeviceAuthorizationResponseContext>()
            .AddTexts<ApplyEndUserVerificationResponseContext>()
            .AddTexts<ApplyTokenResponseContext>()
            .AddTexts<ApplyIntrospectionResponseContext>()
            .AddTexts<ApplyRevocationResponseContext>()
            .AddTexts<ApplyUserInfoResponseContext>()
            .AddTexts<ApplyEndSessionResponseContext>()
            .AddTexts<ApplyConfigurationResponseContext>()
            .AddTexts<ApplyJsonWebKeySetResponseContext>();

        server.AddEventHandler<ApplyAuthorizationResponseContext>(handler => handler
            .UseScopedHandler<RedirectProtocolErrors>()
            .SetOrder(Builtin.Authentication.InferResponseMode.Descriptor.Order + 100));

        server.AddEventHandler<ApplyAuthorizationResponseContext>(handler => handler
                .UseSingletonHandler<LocalErrorHandler<ApplyAuthorizationResponseContext>>()
                .SetOrder(LocalErrorOrder))
            .AddEventHandler<ApplyEndUserVerificationResponseContext>(handler => handler
                .UseSingletonHandler<LocalErrorHandler<ApplyEndUserVerificationResponseContext>>()
                .SetOrder(LocalErrorOrder))
            .AddEventHandler<ApplyEndSessionResponseContext>(handler => handler
                .UseSingletonHandler<LocalErrorHandler<ApplyEndSessionResponseContext>>()
                .SetOrder(LocalErrorOrder));
    }

    private static OpenIddictServerBuilder AddTexts<TContext>(this OpenIddictServerBuilder server) where TContext : BaseRequestContext =>
        server
        .AddEventHandler<TContext>(handler => handler
            .UseSingletonHandler<DocumentedErrorHandler<TContext>>()
            .SetOrder(TextsOrder))
        .AddEventHandler<TContext>(handler => handler
            .UseSingletonHandler<MethodNotAllowedHandler<TContext>>()
            .SetOrder(AspNetCore.AttachHttpResponseCode<TContext>.Descriptor.Order + 100));
}
