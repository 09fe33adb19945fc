using System.Collections;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Taskmaster.LocalHost.Running;

/// <summary>Starts a service from what the AppHost's build made of its project.</summary>
internal static class ProjectLauncher
{
    public static async Task<ChildProcess> StartAsync(ProjectResource project, Launch launch, CancellationToken cancellationToken)
    {
        var projectPath = project.Annotations.OfType<IProjectMetadata>().Single().ProjectPath;
        return launch.Run(new ChildStart
        {
            Program = Programs.Dotnet,
            Arguments =
            [
                launch.Projects.AssemblyOf(projectPath),
                .. project.Annotations.OfType<CommandLineArgsAnnotation>().SelectMany(annotation => annotation.Args),
            ],
            // The content root is watched with all below it; it must be no larger than the project.
            WorkingDirectory = Path.GetDirectoryName(projectPath)!,
            Log = launch.Folder.LogOf(project.Name),
            Environment = await EnvironmentOfAsync(project, cancellationToken),
            AdviceOnExit = "Correct what its log says, then start again.",
        });
    }

    /// <summary>The environment as the service will find it.</summary>
    public static async Task<Dictionary<string, string>> EnvironmentOfAsync(ProjectResource project, CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            if (ProjectEnvironment.IsInherited((string)variable.Key))
            {
                environment[(string)variable.Key] = (string?)variable.Value ?? "";
            }
        }

        var context = new EnvironmentCallbackContext();
        foreach (var annotation in project.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            annotation.Callback(context);
        }

        foreach (var (name, value) in context.EnvironmentVariables)
        {
            environment[name] = (value is IValueProvider provider ? await provider.GetValueAsync(cancellationToken) : value.ToString()) ?? "";
        }

        return environment;
    }
}
