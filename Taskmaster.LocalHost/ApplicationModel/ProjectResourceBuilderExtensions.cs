using Aspire.Hosting.ApplicationModel;
using Taskmaster.LocalHost.Running;

namespace Aspire.Hosting;

public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a project as a service, with the endpoints and the environment of its launch profile.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new()
    {
        ArgumentNullException.ThrowIfNull(builder);

        var metadata = new TProject();
        var project = builder.AddResource(new ProjectResource(name)).WithAnnotation<IProjectMetadata>(metadata);
        var profile = LaunchProfile.Choose(metadata.ProjectPath, builder.Configuration);
        foreach (var endpoint in profile?.Endpoints ?? [])
        {
            _ = project.WithAnnotation(endpoint);
        }

        return project.WithEnvironment(context => ProjectEnvironment.Set(context, project.Resource, profile, builder));
    }
}
