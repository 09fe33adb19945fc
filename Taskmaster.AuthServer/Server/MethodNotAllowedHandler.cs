using Microsoft.AspNetCore;
using OpenIddict.Server;
using Taskmaster.AuthServer.Protocol;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Server;

/// <summary>RFC 9110 §15.5.6: another method than the endpoint has is 405 with the ones it has, not 400.</summary>
internal sealed class MethodNotAllowedHandler<TContext> : IOpenIddictServerHandler<TContext> where TContext : BaseRequestContext
{
    public ValueTask HandleAsync(TContext context)
    {
        if (context.Transaction.HasDocumentedError(ProtocolErrors.MethodNotAllowed)
            && context.Transaction.GetHttpRequest()?.HttpContext.Response is { } response)
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = context.Transaction.EndpointType switch
            {
                OpenIddictServerEndpointType.Configuration or OpenIddictServerEndpointType.JsonWebKeySet => "GET",
                OpenIddictServerEndpointType.Token or OpenIddictServerEndpointType.Introspection or OpenIddictServerEndpointType.Revocation
                    or OpenIddictServerEndpointType.PushedAuthorization or OpenIddictServerEndpointType.DeviceAuthorization => "POST",
                _ => "GET, POST",
            };
        }

        return ValueTask.CompletedTask;
    }
}
