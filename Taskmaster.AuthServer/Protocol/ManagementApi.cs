using System.Text.Json;
using System.Text.Json.Serialization;
using OpenIddict.Abstractions;
using OpenIddict.Validation.AspNetCore;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.AuthServer.Protocol;

/// <summary>
/// What Web's Developer and Account pages call with the signed-in user's token. It takes only tokens with the scope
/// <c>clients:manage</c>, which no third party's client can get, and Web does not forward it.
/// </summary>
internal static class ManagementApi
{
    public const string Policy = "clients:manage";

    private static readonly string[] Paths = ["/clients", "/consents", "/sessions", "/audit", "/api-keys"];

    /// <summary>Whether the path is one of the management API, for middleware that runs before routing.</summary>
    public static bool Has(PathString path) => Array.Exists(Paths, own => path.StartsWithSegments(own));

    public static void AddManagementApi(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        });

        builder.Services.AddAuthorizationBuilder().AddPolicy(Policy, policy => policy
            .AddAuthenticationSchemes(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme)
            .RequireAuthenticatedUser()
            .RequireClaim(TaskmasterClaims.Owner)
            .RequireAssertion(context => context.User.HasScope(TaskmasterScopes.ClientsManage)));
    }

    /// <summary>The group whose endpoints only the user's own token from Web may call.</summary>
    public static RouteGroupBuilder MapManagementApi(this IEndpointRouteBuilder routes) =>
        routes.MapGroup(string.Empty).RequireAuthorization(Policy);
}
