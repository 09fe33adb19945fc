using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using OpenIddict.Abstractions;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.TasksApi.ApiKeys;

/// <summary>
/// Makes the caller of an API key: the same claims that the access token of its user would have, so that nothing
/// further in needs to know which of the two was shown.
/// </summary>
internal sealed class ApiKeyHandler(
    ApiKeyLookup keys, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.ContainsKey(HeaderNames.Authorization))
        {
            return AuthenticateResult.Fail("Both an access token and an API key.");
        }

        // Two headers are joined with a comma, which no key contains.
        return await keys.FindAsync(Request.Headers[ApiKeyFormat.Header].ToString(), Context.RequestAborted) is { } key
            ? AuthenticateResult.Success(new AuthenticationTicket(PrincipalOf(key), SchemeName))
            : AuthenticateResult.Fail("No such API key.");
    }

    private static ClaimsPrincipal PrincipalOf(ApiKey key)
    {
        var user = key.UserId.ToString("D");
        return new ClaimsPrincipal(new ClaimsIdentity(SchemeName))
            .SetClaim(OpenIddictConstants.Claims.Subject, user)
            .SetClaim(TaskmasterClaims.Owner, user)
            .SetClaim(TaskmasterClaims.ApiKey, key.Id.ToString("D"))
            .SetScopes(key.Scopes);
    }
}
