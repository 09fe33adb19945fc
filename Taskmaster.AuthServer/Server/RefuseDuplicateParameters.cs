using System.Collections.Immutable;
using OpenIddict.Server;
using Taskmaster.AuthServer.Protocol;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Server;

/// <summary>RFC 6749 §3.1 and §3.2: parameters must not be included more than once.</summary>
internal sealed class RefuseDuplicateParameters<TContext> : IOpenIddictServerHandler<TContext> where TContext : BaseValidatingContext
{
    public ValueTask HandleAsync(TContext context)
    {
        foreach (var (name, value) in context.Transaction.Request!.GetParameters())
        {
            // RFC 8707 §2 and RFC 8693 §2.1 allow these to repeat.
            if (name is not (Parameters.Resource or Parameters.Audience) && (ImmutableArray<string?>?)value is { Length: > 1 })
            {
                context.Reject(ProtocolErrors.DuplicateParameter(name));
                return ValueTask.CompletedTask;
            }
        }

        return ValueTask.CompletedTask;
    }
}
