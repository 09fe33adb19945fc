using Microsoft.AspNetCore;
using OpenIddict.Server;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.ServiceDefaults.Dpop;
using Taskmaster.TokenStore.OpenIddict;
using Taskmaster.TokenStore.Redis;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Dpop;

/// <summary>
/// Checks the proof of a token request (RFC 9449 §5) or of a pushed request (§10.1), if there is one, before anything is read:
/// it is used in the round trip in which the first code or token is read or written. A pushed request with a proof asks for
/// a code that is bound to its key, as one with <c>dpop_jkt</c> does, and both must name the same.
/// </summary>
internal sealed class TakeProof(DpopProofs proofs, TokenUnitOfWork unit) :
    IOpenIddictServerHandler<ValidateTokenRequestContext>,
    IOpenIddictServerHandler<ValidatePushedAuthorizationRequestContext>
{
    public ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        _ = Take(context);
        return ValueTask.CompletedTask;
    }

    public ValueTask HandleAsync(ValidatePushedAuthorizationRequestContext context)
    {
        if (Take(context) is not { } proof)
        {
            return ValueTask.CompletedTask;
        }

        if ((string?)context.Request[DpopNames.KeyParameter] is { Length: > 0 } named && named != proof.Thumbprint)
        {
            context.Reject(ProtocolErrors.OtherKeyThanNamed);
        }
        else
        {
            context.Request[DpopNames.KeyParameter] = proof.Thumbprint;
        }

        return ValueTask.CompletedTask;
    }

    private DpopProof? Take(BaseValidatingContext context)
    {
        if (context.Transaction.GetHttpRequest()?.HttpContext is not { } http || !DpopProofs.IsIn(http.Request))
        {
            return null;
        }

        var check = proofs.Check(http);
        if (check.Succeeded)
        {
            unit.Take(new OneTimeUse(check.Proof.Use, DpopProof.Remembered));
            return check.Proof;
        }

        context.Reject(ProtocolErrors.Of(check.Problem));
        return null;
    }
}
