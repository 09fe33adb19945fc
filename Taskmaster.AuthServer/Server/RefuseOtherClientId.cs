using System.Collections.Immutable;
using Microsoft.AspNetCore;
using OpenIddict.Server;
using Taskmaster.AuthServer.Protocol;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Server;

/// <summary>
/// RFC 6749 §2.3: a client authenticates in one way. One that names itself in the form as well as in the Authorization header
/// names the same client; OpenIddict would go by the header alone.
/// </summary>
internal sealed class RefuseOtherClientId<TContext> : IOpenIddictServerHandler<TContext> where TContext : BaseValidatingContext
{
    public ValueTask HandleAsync(TContext context)
    {
        if (context.Transaction.GetHttpRequest()?.Headers.Authorization is [{ } header]
            && BasicCredentials.Read(header, withSecret: false) is { Id: var id }
            && ((ImmutableArray<string?>?)context.Transaction.Request![Parameters.ClientId] ?? [])
                .Any(sent => !string.IsNullOrEmpty(sent) && sent != id))
        {
            context.Reject(ProtocolErrors.SeveralAuthenticationMethods);
        }

        return ValueTask.CompletedTask;
    }
}
