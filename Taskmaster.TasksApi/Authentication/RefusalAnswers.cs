using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.Net.Http.Headers;
using OpenIddict.Validation.AspNetCore;
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
            await BearerErrors.Invalid.WriteAsync(context, scope);
        }
        else if (authorizeResult.AuthorizationFailure?.FailedRequirements.OfType<TaskScope>().FirstOrDefault() is { } missing)
        {
            await BearerErrors.InsufficientScope(missing.Scope, context.Request.HasApiKey()).WriteAsync(context);
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
        return result.Properties?.GetString(OpenIddictValidationAspNetCoreConstants.Properties.ErrorDescription) switch
        {
            null => BearerErrors.Missing,
            var description when description == BearerErrors.Expired.Body.ErrorDescription => BearerErrors.Expired,
            _ => BearerErrors.Invalid,
        };
    }
}
