using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Taskmaster.AuthServer.Protocol;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Device;

/// <summary>
/// Tells the device how often it may poll, and holds it to that (RFC 8628 §3.5). Runs before OpenIddict looks at the code's
/// entry, which says "pending" also of a code that has expired or is another client's. Only who asks for a code of their
/// own that still waits is polling: another client does not slow its owner down, and a code that was decided on or
/// redeemed is answered at once.
/// </summary>
internal sealed class DevicePolling(IOpenIddictTokenManager tokens, PollingPace pace, IOptions<TokenLifetimes> lifetimes) :
    IOpenIddictServerHandler<ApplyDeviceAuthorizationResponseContext>,
    IOpenIddictServerHandler<ValidateTokenContext>
{
    public ValueTask HandleAsync(ApplyDeviceAuthorizationResponseContext context)
    {
        if (context.Response.DeviceCode is not null)
        {
            // The configured lifetime: OpenIddict subtracts the time that making the codes took, and may say a second less.
            context.Response.ExpiresIn = (long)lifetimes.Value.DeviceCode.TotalSeconds;
            context.Response["interval"] = (long)lifetimes.Value.DevicePollingInterval.TotalSeconds;
        }

        return ValueTask.CompletedTask;
    }

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (context.EndpointType is not OpenIddictServerEndpointType.Token
            || context.Principal?.HasTokenType(TokenTypeIdentifiers.Private.DeviceCode) is not true)
        {
            return;
        }

        // The token endpoint turns invalid_token into invalid_grant.
        if (context.Request?.ClientId is not { Length: > 0 } clientId || !context.Principal.HasPresenter(clientId))
        {
            context.Reject(ProtocolErrors.InvalidDeviceCode with { Error = OpenIddictConstants.Errors.InvalidToken });
            return;
        }

        // OpenIddict reads the same entry afterwards: within a request it is read once.
        var entry = await tokens.FindByIdAsync(context.TokenId!, context.CancellationToken);
        if (entry is null || await tokens.HasStatusAsync(entry, Statuses.Redeemed, context.CancellationToken))
        {
            return;
        }

        if (context.Principal.GetExpirationDate() <= context.Options.TimeProvider.GetUtcNow())
        {
            context.Reject(ProtocolErrors.DeviceCodeExpired);
        }
        else if (await tokens.HasStatusAsync(entry, Statuses.Inactive, context.CancellationToken)
            && !await pace.MayPollAsync(context.TokenId!))
        {
            context.Reject(ProtocolErrors.PolledTooFast);
        }
    }
}
