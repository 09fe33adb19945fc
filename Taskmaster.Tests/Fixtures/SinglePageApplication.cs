using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Taskmaster.Tests.Fixtures;

/// <summary>
/// The application of <c>eng/browser-client</c> on an origin of its own: static files, and one page at each of its addresses.
/// </summary>
public sealed class SinglePageApplication : IAsyncDisposable
{
    private readonly WebApplication _site;

    private SinglePageApplication(WebApplication site) => _site = site;

    public string Address => _site.Urls.Single();

    public string RedirectUri => Address + "/callback";

    public string PostLogoutRedirectUri => Address + "/signed-out";

    /// <summary>Known once it is registered.</summary>
    public string ClientId { get; set; } = "";

    public static async Task<SinglePageApplication> StartAsync(Uri authority)
    {
        var folder = Path.Combine(Repository.Root, "eng", "browser-client");
        await Npm.InstallAsync(folder);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var site = builder.Build();
        var application = new SinglePageApplication(site);
        foreach (var page in new[] { "/", "/callback", "/signed-out" })
        {
            site.MapGet(page, () => Results.File(Path.Combine(folder, "index.html"), "text/html"));
        }

        site.MapGet("/app.js", () => Results.File(Path.Combine(folder, "app.js"), "text/javascript"));
        site.MapGet("/oidc-client-ts.js", () => Results.File(
            Path.Combine(folder, "node_modules", "oidc-client-ts", "dist", "browser", "oidc-client-ts.js"), "text/javascript"));
        site.MapGet("/settings.json", () => Results.Json(new Dictionary<string, string>
        {
            ["authority"] = authority.GetLeftPart(UriPartial.Authority),
            ["client_id"] = application.ClientId,
        }));
        await site.StartAsync();
        return application;
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();
}
