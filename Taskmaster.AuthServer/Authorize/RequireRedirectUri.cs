using OpenIddict.Abstractions;
using OpenIddict.Server;
using Taskmaster.AuthServer.Protocol;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Authorize;

/// <summary>
/// The documentation requires <c>redirect_uri</c>; OpenIddict would fill in the only registered one. Required, it is
/// also bound to the code and compared at the token endpoint (RFC 6749 §4.1.3).
/// </summary>
internal sealed class RequireRedirectUri :
    IOpenIddictServerHandler<ValidateAuthorizationRequestContext>,
    IOpenIddictServerHandler<ValidatePushedAuthorizationRequestContext>
{
    public ValueTask HandleAsync(ValidateAuthorizationRequestContext context) => Check(context, context.Request);

    public ValueTask HandleAsync(ValidatePushedAuthorizationRequestContext context) => Check(context, context.Request);

    private static ValueTask Check(BaseValidatingContext context, OpenIddictRequest request)
    {
        if (string.IsNullOrEmpty(request.RedirectUri))
        {
            context.Reject(ProtocolErrors.MissingParameter(OpenIddictConstants.Parameters.RedirectUri));
        }

        return ValueTask.CompletedTask;
    }
}
