using OpenIddict.Validation;
using Taskmaster.AuthServer.Protocol;
using static OpenIddict.Validation.OpenIddictValidationEvents;
using static OpenIddict.Validation.OpenIddictValidationHandlers;

namespace Taskmaster.AuthServer.Dpop;

/// <summary>
/// The management API takes Web's tokens, and they are bearer tokens: a bound one is refused. In place of OpenIddict's own check,
/// which fails at any binding but that to a certificate.
/// </summary>
internal sealed class RefuseBoundTokens : IOpenIddictValidationHandler<ValidateTokenContext>
{
    public static OpenIddictValidationHandlerDescriptor Descriptor { get; } =
        OpenIddictValidationHandlerDescriptor.CreateBuilder<ValidateTokenContext>()
            .UseSingletonHandler<RefuseBoundTokens>()
            .SetOrder(Protection.ValidateProofOfPossession.Descriptor.Order)
            .SetType(OpenIddictValidationHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (context.Principal?.Binding() is not null)
        {
            context.Reject(ProtocolErrors.AccessTokenBound.Error, ProtocolErrors.AccessTokenBound.Description);
        }

        return ValueTask.CompletedTask;
    }
}
