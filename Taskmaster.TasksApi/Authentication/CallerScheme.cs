using OpenIddict.Validation.AspNetCore;
using Taskmaster.TasksApi.ApiKeys;

namespace Taskmaster.TasksApi.Authentication;

/// <summary>The scheme that the authentication middleware asks for: who calls, by an access token or by an API key.</summary>
internal static class CallerScheme
{
    public const string Name = "Caller";

    /// <summary>The scheme that answers for a request.</summary>
    public static string SchemeOf(HttpContext context) =>
        context.Request.HasApiKey() ? ApiKeyHandler.SchemeName : OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme;
}
