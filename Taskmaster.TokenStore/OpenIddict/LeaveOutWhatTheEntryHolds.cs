using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlerFilters;
using static OpenIddict.Server.OpenIddictServerHandlers.Protection;

namespace Taskmaster.TokenStore.OpenIddict;

/// <summary>
/// A reference token's dates and grant are in its entry, from which OpenIddict restores them whenever it reads the
/// token; written in the payload as well, they would be a quarter of it.
/// </summary>
internal sealed class LeaveOutWhatTheEntryHolds : IOpenIddictServerHandler<GenerateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<GenerateTokenContext>()
            .AddFilter<RequireDegradedModeDisabled>()
            .AddFilter<RequireTokenStorageEnabled>()
            .AddFilter<RequireTokenPayloadPersisted>()
            .UseSingletonHandler<LeaveOutWhatTheEntryHolds>()
            .SetOrder(CreateTokenEntry.Descriptor.Order + 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(GenerateTokenContext context)
    {
        // A JWT is read by others, too, and says itself when it expires.
        if (context is { IsReferenceToken: true, TokenFormat: TokenFormats.Private.DataProtection })
        {
            context.Principal = context.Principal.Clone(claim => claim.Type is not
                (Claims.Private.CreationDate or Claims.Private.ExpirationDate or Claims.Private.AuthorizationId));
        }

        return default;
    }
}
