using System.Reflection;

namespace Taskmaster.Benchmarks.Machine;

/// <summary>Where the build put what is measured.</summary>
internal static class Places
{
    private static readonly ILookup<string, string?> _metadata = typeof(Places).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .ToLookup(attribute => attribute.Key, attribute => attribute.Value);

    public static string AuthServer => Of("AuthServer");

    public static string TasksApi => Of("TasksApi");

    public static string Garnet => Of("Garnet");

    public static string Peers => Of("Peers");

    public static string Artifacts => Of("Artifacts");

    /// <summary>This program, started again as floor, stock server or load generator.</summary>
    public static string Benchmarks => typeof(Places).Assembly.Location;

    private static string Of(string key) =>
        Path.GetFullPath(_metadata[key].Single() ?? throw new InvalidOperationException($"The build left out where {key} lies."));
}
