using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.Net.Http.Headers;
using OpenIddict.Validation.AspNetCore;
using Taskmaster.ServiceDefaults.Dpop;
using Taskmaster.TasksApi.ApiKeys;

namespace Taskmaster.TasksApi.Authentication;

/// <summary>Writes the <see cref="BearerErrors"/> in place of OpenIddict's challenge, which has no body.</summary>
internal sealed class RefusalAnswers : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) =>
        authorizeResult.Succeeded ? next(context) : RefuseAsync(context, policy, authorizeResult);

    private static async Task RefuseAsync(HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        var scope = policy.Requirements.OfType<TaskScope>().FirstOrDefault()?.Scope;

        if (authorizeResult.Challenged)
        {
            await (await UnauthenticatedAsync(context)).WriteAsync(context, scope);
        }
        else if (Caller.From(context.User) is null)
        {
            // A token without an owner was not made for this API, whatever else it may do.
            await InSchemeOf(context, BearerErrors.Invalid).WriteAsync(context, scope);
        }
        else if (authorizeResult.AuthorizationFailure?.FailedRequirements.OfType<TaskScope>().FirstOrDefault() is { } missing)
        {
            await InSchemeOf(context, BearerErrors.InsufficientScope(missing.Scope, context.Request.HasApiKey())).WriteAsync(context);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
    }

    private static async Task<BearerError> UnauthenticatedAsync(HttpContext context)
    {
        if (context.Request.HasApiKey())
        {
            return context.Request.Headers.ContainsKey(HeaderNames.Authorization) ? BearerErrors.TwoCredentials : BearerErrors.InvalidKey;
        }

        // Not a second check: the handler answers with what it found at the head of the pipeline.
        var result = await context.AuthenticateAsync();
        var (error, description) = (
            result.Properties?.GetString(OpenIddictValidationAspNetCoreConstants.Properties.Error),
            result.Properties?.GetString(OpenIddictValidationAspNetCoreConstants.Properties.ErrorDescription));
        return (error, description) switch
        {
            (_, null) => BearerErrors.Missing,
            _ when description == BearerErrors.Expired.Body.ErrorDescription => InSchemeOf(context, BearerErrors.Expired),
            _ when description == BearerErrors.Bound.Body.ErrorDescription => BearerErrors.Bound,
            _ when description == BearerErrors.Unbound.Body.ErrorDescription => BearerErrors.Unbound,
            (DpopProblem.InvalidProof or DpopProblem.NonceNeededError, _) => BearerErrors.Proof(new(error, description)),
            _ => InSchemeOf(context, BearerErrors.Invalid),
        };
    }

    /// <summary>A token that came with a proof is refused in its own scheme.</summary>
    private static BearerError InSchemeOf(HttpContext context, BearerError error) =>
        DpopNames.TokenOf(context.Request.Headers.Authorization) is null ? error : error.ByDpop();
}
