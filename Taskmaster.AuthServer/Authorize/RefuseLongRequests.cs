using OpenIddict.Server;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.AuthServer.Tickets;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Authorize;

/// <summary>
/// Refuses an authorization request for which no room is left in the addresses of the pages that follow, before its user
/// has typed a password: there it would end with 414.
/// </summary>
internal sealed class RefuseLongRequests : IOpenIddictServerHandler<ValidateAuthorizationRequestContext>
{
    public ValueTask HandleAsync(ValidateAuthorizationRequestContext context)
    {
        if (AuthorizeRequestUrl.Of(context.Request).Length > AuthorizeRequestUrl.MaximumLength)
        {
            context.Reject(ProtocolErrors.AuthorizationRequestTooLong);
        }

        return ValueTask.CompletedTask;
    }
}
