namespace Taskmaster.AppHost;

internal static class PublicOrigin
{
    private const string Https = "https";

    /// <summary>
    /// Tells each service the one origin that browsers and clients use: Web's, by https if the AppHost runs with that profile.
    /// </summary>
    public static void IsPublicOriginOf(this IResourceBuilder<ProjectResource> web, params IResourceBuilder<ProjectResource>[] services)
    {
        var origin = web.PublicEndpoint();
        foreach (var service in services)
        {
            service.WithEnvironment("Taskmaster__PublicOrigin", origin);
        }
    }

    public static EndpointReference PublicEndpoint(this IResourceBuilder<ProjectResource> web) =>
        web.GetEndpoint(web.ApplicationBuilder.Configuration["DOTNET_LAUNCH_PROFILE"] == Https ? Https : "http");
}
