namespace Taskmaster.AppHost.Local;

/// <summary>What this build made of the AppHost's projects. Starting that instead of <c>dotnet run</c> saves seconds a service.</summary>
internal static class BuiltProject
{
    /// <summary>The end of this assembly's own folder, as every project of a build has it: <c>bin/Debug/net10.0</c>.</summary>
    private static readonly string Output = Path.Combine(
        [.. Path.GetDirectoryName(typeof(BuiltProject).Assembly.Location)!.Split(Path.DirectorySeparatorChar)[^3..]]);

    public static string AssemblyOf(IProjectMetadata project) => OutputOf(project, ".dll");

    /// <summary>
    /// Has the project's program started. A project that was built elsewhere, is watched or is being debugged is left to
    /// Aspire's own way.
    /// </summary>
    public static void StartBuilt(ProjectResource project)
    {
        var metadata = project.GetProjectMetadata();
        var program = ProgramOf(metadata);
        if (File.Exists(program)
            && Environment.GetEnvironmentVariable("DOTNET_WATCH") is null
            && Environment.GetEnvironmentVariable("DEBUG_SESSION_PORT") is null)
        {
            project.Annotations.Add(
                new ExecutableAnnotation { Command = program, WorkingDirectory = Path.GetDirectoryName(metadata.ProjectPath)! });
            // The program looks for the runtime where it is usually installed, which need not be where this one runs.
            project.Annotations.Add(new EnvironmentCallbackAnnotation(context =>
                context.EnvironmentVariables["DOTNET_ROOT"] = Path.GetDirectoryName(Programs.Dotnet)!));
        }
    }

    /// <summary>
    /// At their end the services export what they still have. The dashboard may have gone first, and waiting for it as long as
    /// OpenTelemetry's exporters do (10 s) would hold up the end of everything.
    /// </summary>
    public static void LeaveQuickly(ProjectResource project) => project.Annotations.Add(new EnvironmentCallbackAnnotation(
        context => context.EnvironmentVariables.TryAdd("OTEL_EXPORTER_OTLP_TIMEOUT", "500")));

    private static string ProgramOf(IProjectMetadata project) => OutputOf(project, OperatingSystem.IsWindows() ? ".exe" : "");

    private static string OutputOf(IProjectMetadata project, string extension) => Path.Combine(
        Path.GetDirectoryName(project.ProjectPath)!, Output, Path.GetFileNameWithoutExtension(project.ProjectPath) + extension);
}
