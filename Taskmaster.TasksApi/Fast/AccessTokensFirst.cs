using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Validation.AspNetCore;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.TasksApi.ApiKeys;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TokenStore.Fast;

namespace Taskmaster.TasksApi.Fast;

/// <summary>
/// Lets a live access token for this API pass, at the cost of one look-up and without any scheme's handler. Whatever else
/// was presented, and nothing at all, the schemes check from the beginning: that a token is no good, and why, only
/// OpenIddict says.
/// </summary>
internal sealed class AccessTokensFirst(
    AccessTokens tokens,
    PublicOrigin origin,
    IAuthenticationSchemeProvider schemes,
    IAuthenticationHandlerProvider handlers,
    IClaimsTransformation transform,
    IOptions<AuthenticationOptions> options)
    : AuthenticationService(schemes, handlers, transform, options)
{
    private const string BearerPrefix = "Bearer ";

    public override Task<AuthenticateResult> AuthenticateAsync(HttpContext context, string? scheme) =>
        scheme == CallerScheme.Name && !context.Request.HasApiKey() ? FindAsync(context) : base.AuthenticateAsync(context, scheme);

    private async Task<AuthenticateResult> FindAsync(HttpContext context) =>
        context.Request.Headers.Authorization is [{ } header]
        && header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase)
        && await tokens.FindLiveAsync(header[BearerPrefix.Length..], context.RequestAborted) is { Principal: var principal }
        && IsForThisApi(principal)
            ? AuthenticateResult.Success(new AuthenticationTicket(principal, CallerScheme.Name))
            : await base.AuthenticateAsync(context, OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme);

    /// <summary>A token that is bound to a key is more than a bearer token (RFC 7800), so that holding it is not enough.</summary>
    private bool IsForThisApi(ClaimsPrincipal principal) =>
        principal.HasAudience(origin.TasksApiAudience) && !principal.HasClaim(OpenIddictConstants.Claims.Confirmation);
}
