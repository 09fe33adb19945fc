using System.Reflection;

namespace Taskmaster.Benchmarks.Stores;

/// <summary>Where the build put what is measured, and where this machine has the programs that it takes.</summary>
internal static class Places
{
    private static readonly ILookup<string, string?> Metadata = typeof(Places).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .ToLookup(attribute => attribute.Key, attribute => attribute.Value);

    public static string AuthServer => Of("AuthServer");

    public static string TasksApi => Of("TasksApi");

    public static string Web => Of("Web");

    public static string Garnet => Of("Garnet");

    public static string Peers => Of("Peers");

    public static string Artifacts => Of("Artifacts");

    /// <summary>This program, started again as floor, stock server or load generator.</summary>
    public static string Benchmarks => typeof(Places).Assembly.Location;

    /// <summary>A program on PATH or in one of the folders; null where there is none.</summary>
    public static string? Find(string program, params IEnumerable<string> folders) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(folders)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    public static string Require(string program, params IEnumerable<string> folders) =>
        Find(program, folders) ?? throw new InvalidOperationException($"{program} is needed and not installed: no folder on PATH has it.");

    private static string Of(string key) =>
        Path.GetFullPath(Metadata[key].Single() ?? throw new InvalidOperationException($"The build left out where {key} lies."));
}
