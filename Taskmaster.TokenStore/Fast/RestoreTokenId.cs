using System.Security.Claims;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Validation;
using ServerHandlers = OpenIddict.Server.OpenIddictServerHandlers;
using ServerTokenContext = OpenIddict.Server.OpenIddictServerEvents.ValidateTokenContext;
using ValidationHandlers = OpenIddict.Validation.OpenIddictValidationHandlers;
using ValidationTokenContext = OpenIddict.Validation.OpenIddictValidationEvents.ValidateTokenContext;

namespace Taskmaster.TokenStore.Fast;

/// <summary>
/// The payload of an <see cref="AccessTokenTemplate"/> is that of many tokens and cannot name one. OpenIddict restores
/// what it keeps in the entry only for a payload that names it, so a token found by its reference is given its id first.
/// </summary>
internal sealed class RestoreTokenId : IOpenIddictServerHandler<ServerTokenContext>, IOpenIddictValidationHandler<ValidationTokenContext>
{
    public static OpenIddictServerHandlerDescriptor ServerDescriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ServerTokenContext>()
            .UseSingletonHandler<RestoreTokenId>()
            .SetOrder(ServerHandlers.Protection.RestoreTokenEntryProperties.Descriptor.Order - 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public static OpenIddictValidationHandlerDescriptor ValidationDescriptor { get; } =
        OpenIddictValidationHandlerDescriptor.CreateBuilder<ValidationTokenContext>()
            .UseSingletonHandler<RestoreTokenId>()
            .SetOrder(ValidationHandlers.Protection.RestoreTokenEntryProperties.Descriptor.Order - 500)
            .SetType(OpenIddictValidationHandlerType.Custom)
            .Build();

    // TokenId is set by now for a reference only, and is the entry's that the reference led to.
    public ValueTask HandleAsync(ServerTokenContext context)
    {
        Restore(context.Principal, context.TokenId);
        return ValueTask.CompletedTask;
    }

    public ValueTask HandleAsync(ValidationTokenContext context)
    {
        Restore(context.Principal, context.TokenId);
        return ValueTask.CompletedTask;
    }

    private static void Restore(ClaimsPrincipal? principal, string? id)
    {
        if (principal is not null && id is not null && principal.GetTokenId() is null)
        {
            _ = principal.SetTokenId(id);
        }
    }
}
