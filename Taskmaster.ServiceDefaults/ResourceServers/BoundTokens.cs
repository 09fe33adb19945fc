using System.Security.Claims;
using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Validation;
using Taskmaster.ServiceDefaults.Dpop;
using Taskmaster.TokenStore.OpenIddict;
using static OpenIddict.Validation.OpenIddictValidationEvents;
using static OpenIddict.Validation.OpenIddictValidationHandlers;

namespace Taskmaster.ServiceDefaults.ResourceServers;

/// <summary>
/// A token that is bound to a key (RFC 9449 §6) admits with a proof of that key and in no other way; one that is not bound does not
/// become more by being sent with a proof. In place of OpenIddict's own check, which knows certificates only (RFC 8705) and
/// fails at any other binding.
/// </summary>
internal sealed class BoundTokens(TokenUnitOfWork unit) : IOpenIddictValidationHandler<ValidateTokenContext>
{
    public static OpenIddictValidationHandlerDescriptor Descriptor { get; } =
        OpenIddictValidationHandlerDescriptor.CreateBuilder<ValidateTokenContext>()
            .UseScopedHandler<BoundTokens>()
            .SetOrder(Protection.ValidateProofOfPossession.Descriptor.Order)
            .SetType(OpenIddictValidationHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        var http = context.Transaction.GetHttpRequest()?.HttpContext
            ?? throw new InvalidOperationException("There is no HTTP request.");
        var binding = BindingOf(context.Principal!);
        if (DpopProofs.Checked(http) is not { Proof: { } proof })
        {
            if (binding is not null)
            {
                context.Reject(DpopProblem.TokenBound.Error, DpopProblem.TokenBound.Description);
            }
        }
        else if (binding is null)
        {
            context.Reject(DpopProblem.TokenNotBound.Error, DpopProblem.TokenNotBound.Description);
        }
        else if (binding != proof.Confirmation)
        {
            context.Reject(DpopProblem.OtherKey.Error, DpopProblem.OtherKey.Description);
        }
        else if (unit.Use is not null && !await unit.IsFirstUseAsync(context.CancellationToken))
        {
            context.Reject(DpopProblem.Used.Error, DpopProblem.Used.Description);
        }
    }

    /// <summary>The claim <c>cnf</c> (RFC 7800 §3.1) as AuthServer writes it; null for a bearer token.</summary>
    public static string? BindingOf(ClaimsPrincipal token) => token.FindFirst(OpenIddictConstants.Claims.Confirmation)?.Value;
}
