using OpenIddict.Abstractions;
using OpenIddict.Server;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.TokenExchange;

/// <summary>
/// Makes an exchanged token, and its entry in the token store, one of the client that the subject token was issued to.
/// OpenIddict would make it one of the client that exchanges, which no user can disconnect.
/// </summary>
internal sealed class IssueToPresenter(PublicOrigin origin) :
    IOpenIddictServerHandler<ProcessSignInContext>,
    IOpenIddictServerHandler<GenerateTokenContext>
{
    public ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.IssuedTokenPrincipal is { } issued)
        {
            issued.SetClaim(Claims.ClientId, issued.GetPresenters()[0])
                .SetClaim(Claims.Private.Issuer, origin.Value);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask HandleAsync(GenerateTokenContext context)
    {
        if (context.TokenType is TokenTypeIdentifiers.AccessToken && context.Principal.HasClaim(TaskmasterClaims.Actor))
        {
            context.ClientId = context.Principal.GetPresenters()[0];
        }

        return ValueTask.CompletedTask;
    }
}
