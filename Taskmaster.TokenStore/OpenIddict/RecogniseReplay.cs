using OpenIddict.Abstractions;
using OpenIddict.Core;
using OpenIddict.Server;
using Taskmaster.TokenStore.Format;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlerFilters;
using static OpenIddict.Server.OpenIddictServerHandlers.Protection;

namespace Taskmaster.TokenStore.OpenIddict;

/// <summary>
/// Runs before OpenIddict looks at the entry's status. OpenIddict would end a replayed grant, too, but swallow the
/// outage that keeps it from doing so; and it would judge a refresh token's leeway by this server's clock. Whether a refresh
/// token was used again after its leeway is decided by Redis, in <c>Redis/Scripts/rotate.lua</c>.
/// </summary>
internal sealed class RecogniseReplay(OpenIddictTokenManager<RedisToken> tokens, TokenUnitOfWork unit)
    : IOpenIddictServerHandler<ValidateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenContext>()
            .AddFilter<RequireDegradedModeDisabled>()
            .AddFilter<RequireTokenStorageEnabled>()
            .AddFilter<RequireTokenIdResolved>()
            .UseScopedHandler<RecogniseReplay>()
            .SetOrder(ValidateTokenEntry.Descriptor.Order - 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        var token = await tokens.FindByIdAsync(context.TokenId!, context.CancellationToken);

        switch (token)
        {
            // The commit decides, by Redis's clock and after every other request that came before.
            case { Type: TokenTypeIdentifiers.RefreshToken, Status: Statuses.Redeemed }
                when context.EndpointType is OpenIddictServerEndpointType.Token && context.Request?.IsRefreshTokenGrantType() == true:
                unit.LeavesReuseToCommit = true;
                break;

            // The user opened the verification page again: the user code was not stolen, so the grant stays.
            case { Type: TokenTypeIdentifiers.Private.UserCode, Status: Statuses.Redeemed }:
                context.Reject(
                    Errors.InvalidToken, OpenIddictResources.GetResourceString("ID2013"), OpenIddictResources.FormatID8000("ID2013"));
                break;

            case { Type: not TokenTypeIdentifiers.RefreshToken, Status: Statuses.Redeemed }:
                await unit.EndReplayedGrantAsync(token, context.CancellationToken);
                break;

            // OpenIddict has one text for a revoked and for an expired code; this one leaves it to the expired.
            case { Type: TokenTypeIdentifiers.Private.AuthorizationCode, Status: Statuses.Revoked }:
                context.Reject(
                    Errors.InvalidToken, OpenIddictResources.GetResourceString("ID2001"), OpenIddictResources.FormatID8000("ID2001"));
                break;
        }
    }
}
