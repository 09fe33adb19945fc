using OpenIddict.Abstractions;
using OpenIddict.Server;
using Taskmaster.AuthServer.Clients;
using Taskmaster.ServiceDefaults.Names;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Token;

/// <summary>
/// The <c>scope</c> of a token answer (RFC 6749 §5.1) as the documentation shows it: always there when a user let the client
/// in, without what the registration implied; and not there for client credentials, which have what was asked for or,
/// if nothing was, what the client is registered for. A token that was exchanged says what it has (RFC 8693 §2.2.1).
/// </summary>
internal sealed class NameGrantedScopes : IOpenIddictServerHandler<ProcessSignInContext>
{
    public ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context is { EndpointType: OpenIddictServerEndpointType.Token, AccessTokenPrincipal: { } accessToken, Principal: { } grant })
        {
            var implied = grant.HasClaim(TaskmasterClaims.ImpliedTasks)
                && !context.Request.ScopesOfRefresh().Any(TaskmasterScopes.IsOfTasks);
            context.Response.Scope = context.Request.IsClientCredentialsGrantType()
                ? null
                : string.Join(' ', new GrantedScopes(accessToken.GetScopes(), implied).Named);
        }

        if (context.IssuedTokenPrincipal is { } issued)
        {
            context.Response.Scope = string.Join(' ', issued.GetScopes());
        }

        return ValueTask.CompletedTask;
    }
}
