using Microsoft.OpenApi;
using OpenIddict.Abstractions;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.TasksApi.OpenApi;

/// <summary>The ways to be somebody: an access token from either flow, or an API key.</summary>
internal static class SecuritySchemes
{
    public const string OAuth = "oauthToken";
    public const string ApiKey = "apiKey";

    private static readonly Dictionary<string, string> TasksScopes = new()
    {
        [TaskmasterScopes.TasksRead] = "See projects and tasks",
        [TaskmasterScopes.TasksWrite] = "Create, change and delete projects and tasks",
    };

    private static readonly Dictionary<string, string> UserScopes = new(TasksScopes)
    {
        [OpenIddictConstants.Scopes.OpenId] = "Access to OpenID Connect information",
        [OpenIddictConstants.Scopes.Profile] = "Access to user profile information",
        [OpenIddictConstants.Scopes.Email] = "Access to user email address",
        [OpenIddictConstants.Scopes.OfflineAccess] = "A refresh token, for access while the user is away",
    };

    public static void AddTo(OpenApiDocument document, PublicOrigin origin)
    {
        var authorize = new Uri(origin.Uri, PublicPaths.OAuth + "/authorize");
        var token = new Uri(origin.Uri, PublicPaths.OAuth + "/token");
        document.AddComponent(OAuth, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.OAuth2,
            Description = "An access token may do what its scopes allow, of `tasks:read` and `tasks:write`. A request that names neither "
                + "gets what the application is registered for.",
            Flows = new OpenApiOAuthFlows
            {
                AuthorizationCode = new() { AuthorizationUrl = authorize, TokenUrl = token, RefreshUrl = token, Scopes = UserScopes },
                ClientCredentials = new() { TokenUrl = token, Scopes = TasksScopes },
            },
        });
        document.AddComponent(ApiKey, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = ApiKeyFormat.Header,
            Description = "An API key, from the Developer page of your account",
        });
    }

    public static List<OpenApiSecurityRequirement> Either(OpenApiDocument document, string scope) =>
    [
        new() { [new OpenApiSecuritySchemeReference(OAuth, document)] = [scope] },
        new() { [new OpenApiSecuritySchemeReference(ApiKey, document)] = [] },
    ];
}
