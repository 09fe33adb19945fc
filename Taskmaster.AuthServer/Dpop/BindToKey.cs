using OpenIddict.Server;
using Taskmaster.AuthServer.Clients;
using Taskmaster.ServiceDefaults.Dpop;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Dpop;

/// <summary>
/// Binds what is issued: a code to the key that its request named (RFC 9449 §10), an access token to the key of the proof it was
/// asked for with (§6), and a public client's refresh token as well (§5). A confidential client's is bound to the client, which
/// authenticates, so that it can change its key.
/// </summary>
internal sealed class BindToKey(ClientCache clients) : IOpenIddictServerHandler<ProcessSignInContext>
{
    public async ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.EndpointType is OpenIddictServerEndpointType.Authorization)
        {
            if ((string?)context.Request[DpopNames.KeyParameter] is { Length: > 0 } named)
            {
                context.AuthorizationCodePrincipal.BindTo(named);
            }
        }
        else if (context.EndpointType is OpenIddictServerEndpointType.Token && context.Transaction.Proof() is { Thumbprint: var key })
        {
            context.AccessTokenPrincipal.BindTo(key);
            if (context.RefreshTokenPrincipal is { } refreshToken
                && await clients.FindAsync(context.ClientId!, context.CancellationToken) is not { IsPublic: false })
            {
                refreshToken.BindTo(key);
            }
        }
    }
}
