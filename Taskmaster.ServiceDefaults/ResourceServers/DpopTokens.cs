using Microsoft.AspNetCore;
using Microsoft.Net.Http.Headers;
using OpenIddict.Validation;
using OpenIddict.Validation.AspNetCore;
using Taskmaster.ServiceDefaults.Dpop;
using Taskmaster.TokenStore.OpenIddict;
using Taskmaster.TokenStore.Redis;
using static OpenIddict.Validation.OpenIddictValidationEvents;
using static OpenIddict.Validation.OpenIddictValidationHandlerFilters;

namespace Taskmaster.ServiceDefaults.ResourceServers;

/// <summary>
/// Takes the access token of a DPoP Authorization header (RFC 9449 §7.1), once the proof beside it is found in order. The proof is used
/// in the same round trip in which the token is read.
/// </summary>
internal sealed class DpopTokens(DpopProofs proofs, TokenUnitOfWork unit) : IOpenIddictValidationHandler<ProcessAuthenticationContext>
{
    public static OpenIddictValidationHandlerDescriptor Descriptor { get; } =
        OpenIddictValidationHandlerDescriptor.CreateBuilder<ProcessAuthenticationContext>()
            .AddFilter<RequireAccessTokenExtracted>()
            .UseScopedHandler<DpopTokens>()
            .SetOrder(OpenIddictValidationAspNetCoreHandlers.ExtractAccessTokenFromAuthorizationHeader.Descriptor.Order + 100)
            .SetType(OpenIddictValidationHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        if (context.Transaction.GetHttpRequest()?.HttpContext is not { } http
            || DpopNames.TokenOf(http.Request.Headers[HeaderNames.Authorization]) is not { Length: > 0 } token)
        {
            return ValueTask.CompletedTask;
        }

        // Of a check done before, by a shorter way or for the request that this one repeats, the proof is used already.
        var isFirstCheck = DpopProofs.Checked(http) is null;
        var check = proofs.Check(http, token);
        if (!check.Succeeded)
        {
            context.Reject(check.Problem.Error, check.Problem.Description);
            return ValueTask.CompletedTask;
        }

        if (isFirstCheck)
        {
            unit.Take(new OneTimeUse(check.Proof.Use, DpopProof.Remembered));
        }

        context.AccessToken = token;
        return ValueTask.CompletedTask;
    }
}
