using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Taskmaster.AuthServer.AuthorizationServer;
using Taskmaster.AuthServer.Errors;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Device;

/// <summary>
/// Tells the device how often it may poll, and holds it to that (RFC 8628 §3.5). Runs before the code's entry is looked
/// at, which says "pending" also of a code that has expired.
/// </summary>
internal sealed class DevicePolling(PollingPace pace, IOptions<TokenLifetimes> lifetimes) :
    IOpenIddictServerHandler<ApplyDeviceAuthorizationResponseContext>,
    IOpenIddictServerHandler<ValidateTokenContext>
{
    public ValueTask HandleAsync(ApplyDeviceAuthorizationResponseContext context)
    {
        if (context.Response.DeviceCode is not null)
        {
            // As with access tokens: the documented number, also when making the codes took most of a second.
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

        if (context.Principal.GetExpirationDate() <= context.Options.TimeProvider.GetUtcNow())
        {
            context.Reject(ProtocolErrors.DeviceCodeExpired.Error, ProtocolErrors.DeviceCodeExpired.Description);
        }
        else if (!await pace.MayPollAsync(context.TokenId!))
        {
            context.Reject(ProtocolErrors.PolledTooFast.Error, ProtocolErrors.PolledTooFast.Description);
        }
    }
}
