using OpenIddict.Abstractions;
using OpenIddict.Server;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.ServiceDefaults.Names;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.ClientDocuments;

/// <summary>
/// What was granted to a client that proves who it is by a key is not for one that proves nothing: a document can be changed by
/// whoever gets hold of its host, and a refresh token of an authenticated client is no use to a thief only as long as that
/// client must authenticate (RFC 6749 §10.4).
/// </summary>
internal sealed class RequireSameAuthentication(ClientCache clients) : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public async ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        if ((context.AuthorizationCodePrincipal ?? context.RefreshTokenPrincipal)?.HasClaim(TaskmasterClaims.AuthenticatedByKey) is true
            && await clients.FindAsync(context.ClientId!, context.CancellationToken) is { IsPublic: true })
        {
            context.Reject(ProtocolErrors.ClientNoLongerAuthenticates);
        }
    }
}
