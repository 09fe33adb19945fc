using OpenIddict.Abstractions;
using OpenIddict.Validation;
using static OpenIddict.Validation.OpenIddictValidationEvents;
using static OpenIddict.Validation.OpenIddictValidationHandlers;

namespace Taskmaster.TasksApi.Authentication;

/// <summary>
/// Refuses an expired access token in the documented words, just before OpenIddict would: its own handler says the same
/// of an expired and of a revoked one.
/// </summary>
internal sealed class ExpiredToken(TimeProvider clock) : IOpenIddictValidationHandler<ValidateTokenContext>
{
    public static OpenIddictValidationHandlerDescriptor Descriptor { get; } =
        OpenIddictValidationHandlerDescriptor.CreateBuilder<ValidateTokenContext>()
            .UseSingletonHandler<ExpiredToken>()
            .SetOrder(Protection.ValidateExpirationDate.Descriptor.Order - 500)
            .SetType(OpenIddictValidationHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (context.Principal?.GetExpirationDate() is { } expiration && expiration < clock.GetUtcNow())
        {
            RefusedClient.Remember(context.Transaction, context.Principal.GetClaim(OpenIddictConstants.Claims.Private.Presenter));
            context.Reject(BearerErrors.Expired.Body.Error, BearerErrors.Expired.Body.ErrorDescription);
        }

        return ValueTask.CompletedTask;
    }
}
