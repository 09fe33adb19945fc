using Taskmaster.AppHost.Local;

namespace Taskmaster.AppHost;

internal static class LoopbackDocuments
{
    /// <summary>
    /// Lets a developer's own machine publish metadata documents of clients, which otherwise must be on the internet:
    /// <c>--Fetch:AllowLoopback=true</c>. Off by default, and nothing that is published has it.
    /// </summary>
    public static void LetInLoopbackDocuments(this IDistributedApplicationBuilder builder, IResourceBuilder<ProjectResource> authServer)
    {
        if (builder.ExecutionContext.IsRunMode && LocalInstance.Of(builder).Settings.AllowLoopback)
        {
            _ = authServer.WithEnvironment(LocalSettings.AllowLoopbackSetting.Replace(":", "__", StringComparison.Ordinal), "true");
        }
    }
}
