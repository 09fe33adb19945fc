using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Scalar.AspNetCore;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.TasksApi.Answers;

namespace Taskmaster.TasksApi.OpenApi;

/// <summary>Scalar: reads the description, signs in like any other client, and calls the API from the reader's browser.</summary>
internal static class ReferencePage
{
    public const string Path = PublicPaths.ApiPages;

    /// <summary>Scalar's own are too pale on white, and too dim on black, for 4.5 : 1 (WCAG 2.2, 1.4.3).</summary>
    private const string ReadableColors =
        ".light-mode { --scalar-color-green: #12663c; --scalar-color-orange: #8a4b00; --scalar-color-yellow: #6b5500; "
        + "--scalar-color-red: #b3261e;"
        + " --scalar-color-blue: #1d4f9c; --scalar-color-purple: #5b3fb0; --scalar-color-3: #575f73; --scalar-color-2: #4b5266 }"
        + " .dark-mode { --scalar-color-red: #ff9d94; --scalar-color-3: #a0a5b3 }";

    /// <summary>
    /// The library that checks Scalar's settings (zod) otherwise finds out by trying whether it may make functions of text, which the
    /// policy forbids and browsers report.
    /// </summary>
    private const string WithoutEval = "globalThis.__zod_globalConfig = { jitless: true };";

    /// <summary>Scalar draws into it.</summary>
    private const string Drawn = """<div id="app"></div>""";

    private const string DescriptionPath = Path + "/openapi.json";

    public static void MapReferencePage(this WebApplication app)
    {
        app.MapGet(DescriptionPath, async (ApiDocument document, HttpContext context) =>
                await PublicDocuments.SendAsync(
                    context, JsonSerializer.SerializeToUtf8Bytes(ReferenceDocument.Of(await document.JsonAsync())), "application/json"))
            .ExcludeFromDescription();

        var origin = app.Services.GetRequiredService<PublicOrigin>();
        app.MapScalarApiReference(Path, (options, context) =>
        {
            var nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
            Protect(context.Response.Headers, nonce);

            options.WithNonce(nonce)
                .WithTitle("Taskmaster API")
                .WithOpenApiRoutePattern(DescriptionPath)
                .DisableDefaultFonts()
                .WithCustomCss(ReadableColors)
                .DisableTelemetry()
                .DisableAgent()
                .WithFavicon("/icon.svg")
                .AddHeadContent(
                    """<meta name="description" content="Every call of Taskmaster's API, what it takes and answers, with a place to try it."><script type="module" src="/reference.js"></script>""")
                .AddHeadContent(ReferenceOutline.Style)
                .AddHeadContent($"""<script nonce="{nonce}">{WithoutEval}</script>""")
                .HideClientButton()
                .HideDeveloperTools()
                .AddPreferredSecuritySchemes(SecuritySchemes.OAuth)
                .AddAuthorizationCodeFlow(SecuritySchemes.OAuth, flow =>
                {
                    flow.ClientId = WellKnownClients.ApiPages;
                    flow.Pkce = Pkce.Sha256;
                    flow.RedirectUri = $"{origin.Value}{Path}/";
                    flow.SelectedScopes = [TaskmasterScopes.TasksRead, TaskmasterScopes.TasksWrite];
                });
        }).AddEndpointFilter(CompleteAsync);
    }

    /// <summary>
    /// What Scalar's page does not have: its language, which screen readers need to choose a voice (WCAG 2.2, 3.1.1), and something to
    /// read before its five megabytes of script have run. <c>reference.js</c> takes them out of the template and runs them.
    /// </summary>
    private static async ValueTask<object?> CompleteAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        if (result.Unwrapped() is not ContentHttpResult { ResponseContent: { } html } page)
        {
            return result;
        }

        var outline = await context.HttpContext.RequestServices.GetRequiredService<ReferenceOutline>().HtmlAsync();
        return TypedResults.Content(
            html
                .Replace("<html>", """<html lang="en">""", StringComparison.Ordinal)
                .Replace(Drawn, $"""{outline}{Drawn}<template id="scalar">""", StringComparison.Ordinal)
                .Replace("</body>", "</template></body>", StringComparison.Ordinal),
            page.ContentType);
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
