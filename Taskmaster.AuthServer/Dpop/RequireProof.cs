using OpenIddict.Server;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.ServiceDefaults.Dpop;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Dpop;

/// <summary>RFC 9449 §5.2: a client that is registered for bound tokens gets no other.</summary>
internal sealed class RequireProof(ClientCache clients) : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public async ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        if (context.Transaction.Proof() is null
            && await clients.FindAsync(context.ClientId!, context.CancellationToken) is { RequireDpop: true })
        {
            context.Reject(ProtocolErrors.Of(DpopProblem.Missing));
        }
    }
}
