using Microsoft.Extensions.Configuration;

namespace Taskmaster.AppHost;

internal static class LoopbackDocuments
{
    private const string Setting = "Fetch:AllowLoopback";

    /// <summary>
    /// Lets a developer's own machine publish metadata documents of clients, which otherwise must be on the internet:
    /// <c>--Fetch:AllowLoopback=true</c>. Off by default, and nothing that is published has it.
    /// </summary>
    public static void LetInLoopbackDocuments(this IDistributedApplicationBuilder builder, IResourceBuilder<ProjectResource> authServer)
    {
        if (builder.ExecutionContext.IsRunMode && builder.Configuration.GetValue<bool>(Setting))
        {
            _ = authServer.WithEnvironment(Setting.Replace(":", "__", StringComparison.Ordinal), "true");
        }
    }
}
