using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Validation.AspNetCore;
using Taskmaster.ServiceDefaults.Dpop;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.ResourceServers;
using Taskmaster.TasksApi.ApiKeys;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TokenStore.Fast;
using Taskmaster.TokenStore.OpenIddict;
using Taskmaster.TokenStore.Redis;

namespace Taskmaster.TasksApi.Fast;

/// <summary>
/// Lets a live access token for this API pass, at the cost of one look-up and without any scheme's handler. Whatever else
/// was presented, and nothing at all, the schemes check from the beginning: that a token is no good, and why, only
/// OpenIddict says.
/// </summary>
internal sealed class AccessTokensFirst(
    AccessTokens tokens,
    DpopProofs proofs,
    TokenUnitOfWork unit,
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

    private async Task<AuthenticateResult> FindAsync(HttpContext context)
    {
        var found = context.Request.Headers.Authorization is not [{ } header] ? null
            : header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase)
                ? await FindAsync(context, header[BearerPrefix.Length..], use: null, binding: null)
            : DpopNames.TokenOf(header) is { Length: > 0 } token ? await FindBoundAsync(context, token)
            : null;
        return found is not null
            ? AuthenticateResult.Success(new AuthenticationTicket(found, CallerScheme.Name))
            : await base.AuthenticateAsync(context, OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme);
    }

    /// <summary>RFC 9449 §7.1. A proof that was checked before is used already: its request is not one for the short way.</summary>
    private async Task<ClaimsPrincipal?> FindBoundAsync(HttpContext context, string token)
    {
        if (DpopProofs.Checked(context) is not null || proofs.Check(context, token).Proof is not { } proof)
        {
            return null;
        }

        // The schemes, should they have to say what is wrong, learn of the use and do not ask for it again.
        var use = new OneTimeUse(proof.Use, DpopProof.Remembered);
        unit.Take(use);
        return await FindAsync(context, token, use, proof.Confirmation) is { } found && use.IsFirst == true ? found : null;
    }

    /// <summary>A token that is bound to a key is more than a bearer token (RFC 7800), so that holding it is not enough.</summary>
    private async Task<ClaimsPrincipal?> FindAsync(HttpContext context, string token, OneTimeUse? use, string? binding) =>
        await tokens.FindLiveAsync(token, use, context.RequestAborted) is { Principal: var principal }
        && principal.HasAudience(origin.TasksApiAudience)
        && BoundTokens.BindingOf(principal) == binding
            ? principal
            : null;
}
