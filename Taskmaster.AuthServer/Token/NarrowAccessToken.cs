using OpenIddict.Abstractions;
using OpenIddict.Server;
using Taskmaster.AuthServer.Clients;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Token;

/// <summary>
/// An access token that a grant buys has the scopes that are named, that were granted, and that the client is registered
/// for; and the resources that are named. The refresh token beside it keeps what was granted (RFC 6749 §6, RFC 8707 §2.2).
/// </summary>
internal sealed class NarrowAccessToken(ClientCache clients) : IOpenIddictServerHandler<ProcessSignInContext>
{
    public async ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context is not
            {
                EndpointType: OpenIddictServerEndpointType.Token,
                AccessTokenPrincipal: { } accessToken,
                Principal: { } grant,
            }
            || context.Request.IsClientCredentialsGrantType())
        {
            return;
        }

        // Null when it was deleted since it authenticated: the token is revoked with all others of the client.
        if (await clients.FindAsync(context.ClientId!, context.CancellationToken) is { } client)
        {
            accessToken.SetScopes(GrantedScopes.Of(grant).Within(client, context.Request.ScopesOfRefresh()).Scopes);
        }

        if (context.Request.NamedResources() is { Count: > 0 } resources)
        {
            accessToken.SetAudiences(resources);
        }
    }
}
