namespace Taskmaster.Tests.Fixtures;

internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Projects.Taskmaster_AppHost.ProjectPath, ".."));
}
