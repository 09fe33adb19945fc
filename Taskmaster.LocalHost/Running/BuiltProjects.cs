using System.Reflection;

namespace Taskmaster.LocalHost.Running;

/// <summary>What the build wrote into the AppHost's assembly: where the AppHost is, and what each project was built to.</summary>
internal sealed class BuiltProjects(Assembly appHost)
{
    private const string ProjectPrefix = "localhost-project:";
    private const string GarnetProject = "/Taskmaster.LocalHost.Garnet.csproj";

    private readonly Dictionary<string, string> _values = appHost.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Where(attribute => attribute.Value is not null)
        .ToDictionary(attribute => attribute.Key, attribute => attribute.Value!, StringComparer.Ordinal);

    public string AppHostDirectory => Value("apphostprojectpath");

    public string AppHostName => Path.GetFileNameWithoutExtension(Value("apphostprojectname"));

    public string AssemblyOf(string projectPath) => Value(ProjectPrefix + projectPath);

    public string GarnetAssembly => _values.First(
        value => value.Key.StartsWith(ProjectPrefix, StringComparison.Ordinal) && value.Key.EndsWith(GarnetProject, StringComparison.Ordinal)).Value;

    private string Value(string key) => _values.GetValueOrDefault(key)
        ?? throw new InvalidOperationException($"{appHost.GetName().Name} was built without '{key}'; eng/LocalHost.targets writes it.");
}
