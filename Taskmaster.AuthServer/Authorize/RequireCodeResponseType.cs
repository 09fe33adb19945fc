using OpenIddict.Abstractions;
using OpenIddict.Server;
using Taskmaster.AuthServer.Protocol;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Authorize;

/// <summary>
/// <c>code</c> once: OpenIddict compares response types as sets, takes <c>code code</c> for <c>code</c>, and fails later.
/// </summary>
internal sealed class RequireCodeResponseType :
    IOpenIddictServerHandler<ValidateAuthorizationRequestContext>,
    IOpenIddictServerHandler<ValidatePushedAuthorizationRequestContext>
{
    public ValueTask HandleAsync(ValidateAuthorizationRequestContext context) => Check(context, context.Request);

    public ValueTask HandleAsync(ValidatePushedAuthorizationRequestContext context) => Check(context, context.Request);

    private static ValueTask Check(BaseValidatingContext context, OpenIddictRequest request)
    {
        if (request.ResponseType is { Length: > 0 } types
            && types.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [ResponseTypes.Code])
        {
            context.Reject(ProtocolErrors.OtherResponseType);
        }

        return ValueTask.CompletedTask;
    }
}
