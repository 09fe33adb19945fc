using System.Security.Claims;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Taskmaster.AuthServer.Token;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Device;

/// <summary>Binds the <c>resource</c> of a device's request (RFC 8707 §2) to its codes; OpenIddict keeps the scopes alone.</summary>
internal sealed class KeepResources : IOpenIddictServerHandler<HandleDeviceAuthorizationRequestContext>
{
    public ValueTask HandleAsync(HandleDeviceAuthorizationRequestContext context)
    {
        context.Principal = new ClaimsPrincipal(new ClaimsIdentity())
            .SetScopes(context.Request.GetScopes())
            .SetResources(context.Request.NamedResources());
        return ValueTask.CompletedTask;
    }
}
