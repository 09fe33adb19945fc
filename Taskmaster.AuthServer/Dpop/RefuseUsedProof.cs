using OpenIddict.Server;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.ServiceDefaults.Dpop;
using Taskmaster.TokenStore.OpenIddict;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Dpop;

/// <summary>
/// A proof is accepted once, on whichever replica (RFC 9449 §11.1). A code, a refresh token or an access token was read by now, and
/// Redis has said with it whether this is the first use: nothing is redeemed for a second one. Where nothing is read, for
/// client credentials and pushed requests, it says so when the token is written, which is then not handed out.
/// </summary>
internal sealed class RefuseUsedProof(TokenUnitOfWork unit) :
    IOpenIddictServerHandler<ValidateTokenRequestContext>,
    IOpenIddictServerHandler<ValidateUserInfoRequestContext>,
    IOpenIddictServerHandler<ProcessSignInContext>
{
    public ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        if (unit.Use is { IsFirst: false })
        {
            context.Reject(ProtocolErrors.Of(DpopProblem.Used));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask HandleAsync(ValidateUserInfoRequestContext context) => RequireFirstUseAsync(context);

    public ValueTask HandleAsync(ProcessSignInContext context) => RequireFirstUseAsync(context);

    private async ValueTask RequireFirstUseAsync(BaseValidatingContext context)
    {
        if (unit.Use is not null && !await unit.IsFirstUseAsync(context.CancellationToken))
        {
            context.Reject(ProtocolErrors.Of(DpopProblem.Used));
        }
    }
}
