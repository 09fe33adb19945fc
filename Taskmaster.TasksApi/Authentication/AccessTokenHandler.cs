using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Validation.AspNetCore;
using Taskmaster.ServiceDefaults;
using Taskmaster.TokenStore;

namespace Taskmaster.TasksApi.Authentication;

/// <summary>
/// Lets a live access token for this API pass, at the cost of one look-up. Whatever else was presented, and nothing at
/// all, OpenIddict's validation checks from the beginning: that a token is no good, and why, only OpenIddict says.
/// </summary>
internal sealed class AccessTokenHandler(
    AccessTokens tokens,
    PublicOrigin origin,
    IAuthenticationHandlerProvider handlers,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "AccessToken";

    private const string BearerPrefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Request.Headers.Authorization is [{ } header]
        && header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase)
        && await tokens.FindLiveAsync(header[BearerPrefix.Length..], Context.RequestAborted) is { } principal
        && IsForThisApi(principal)
            ? AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name))
            : await AskOpenIddictAsync();

    private async Task<AuthenticateResult> AskOpenIddictAsync()
    {
        var validation = await handlers.GetHandlerAsync(Context, OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme)
            ?? throw new InvalidOperationException("OpenIddict's validation is not registered.");

        // It has to have seen the request: see SchemesWhenAsked.
        return await ((IAuthenticationRequestHandler)validation).HandleRequestAsync()
            ? AuthenticateResult.NoResult()
            : await validation.AuthenticateAsync();
    }

    /// <summary>A token that is bound to a key is more than a bearer token (RFC 7800), so that holding it is not enough.</summary>
    private bool IsForThisApi(ClaimsPrincipal principal) =>
        principal.HasAudience(origin.TasksApiAudience) && !principal.HasClaim(OpenIddictConstants.Claims.Confirmation);
}
