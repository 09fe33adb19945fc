using OpenIddict.Abstractions;
using OpenIddict.Server;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Protocol;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Token;

/// <summary>RFC 6749 §4.4. The codes and refresh tokens of the other grants carry their claims themselves.</summary>
internal sealed class ClientCredentialsGrant(ClientCache clients, IssuedClaims claims)
    : IOpenIddictServerHandler<HandleTokenRequestContext>
{
    public async ValueTask HandleAsync(HandleTokenRequestContext context)
    {
        if (!context.Request.IsClientCredentialsGrantType())
        {
            return;
        }

        // The client was deleted after it had authenticated.
        if (await clients.FindAsync(context.ClientId!, context.CancellationToken) is not { } client)
        {
            context.Reject(ProtocolErrors.InvalidServiceCredentials);
            return;
        }

        context.Principal = claims.ForClient(
            client, GrantedScopes.OnItsOwn(client, context.Request.GetScopes()), context.Request.NamedResources());
    }
}
