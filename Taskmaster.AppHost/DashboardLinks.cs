namespace Taskmaster.AppHost;

internal static class DashboardLinks
{
    /// <summary>
    /// The addresses that are worth a click, by what is there. Health and the plain service addresses stay in the details.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithSiteLinks(this IResourceBuilder<ProjectResource> web) => web.WithUrls(context =>
    {
        var origin = web.PublicEndpoint().Url;
        foreach (var url in context.Urls)
        {
            url.DisplayText = "Site";
        }

        context.Urls.Add(new() { Url = $"{origin}/api/docs/", DisplayText = "API reference" });
        context.Urls.Add(new() { Url = $"{origin}/docs", DisplayText = "Documentation" });
        context.Urls.Add(new() { Url = $"{origin}/.well-known/openid-configuration", DisplayText = "Metadata" });
    });
}
