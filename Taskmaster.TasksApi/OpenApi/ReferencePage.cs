using System.Security.Cryptography;
using Scalar.AspNetCore;
using Taskmaster.ServiceDefaults;

namespace Taskmaster.TasksApi.OpenApi;

/// <summary>Scalar: reads the description, signs in like any other client, and calls the API from the reader's browser.</summary>
internal static class ReferencePage
{
    public const string Path = DescribeApi.BasePath + "/docs";

    /// <summary>The public client that AuthServer registers for this page.</summary>
    public const string ClientId = "taskmaster-docs";

    public static void MapReferencePage(this WebApplication app)
    {
        var origin = app.Services.GetRequiredService<PublicOrigin>();
        app.MapScalarApiReference(Path, (options, context) =>
        {
            var nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
            Protect(context.Response.Headers, nonce);

            options.WithNonce(nonce)
                .WithTitle("Taskmaster API")
                .WithOpenApiRoutePattern(OpenApiExtensions.JsonPath)
                .DisableDefaultFonts()
                .DisableTelemetry()
                .DisableAgent()
                .WithFavicon("/icon.svg")
                .HideClientButton()
                .HideDeveloperTools()
                .AddPreferredSecuritySchemes(SecuritySchemes.OAuth)
                .AddAuthorizationCodeFlow(SecuritySchemes.OAuth, flow =>
                {
                    flow.ClientId = ClientId;
                    flow.Pkce = Pkce.Sha256;
                    flow.RedirectUri = $"{origin.Value}{Path}/";
                    flow.SelectedScopes = [TaskmasterScopes.TasksRead, TaskmasterScopes.TasksWrite];
                });
        });
    }

    /// <summary>Nothing is loaded from, or sent to, anywhere else. Styles are inline because Scalar makes them as it runs.</summary>
    private static void Protect(IHeaderDictionary headers, string nonce)
    {
        headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
            + "font-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
    }
}
