using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.Architecture;

/// <summary>The C# that people write here: no migrations, nothing generated.</summary>
internal static class SourceFiles
{
    /// <summary>Paths from the root of the repository, with slashes.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Where(file => file.StartsWith("Taskmaster.", StringComparison.Ordinal)
                && !file.Split('/').Any(folder => folder is "bin" or "obj" or "Migrations"))
            .Order(StringComparer.Ordinal),
    ];

    public static string Text(string file) => File.ReadAllText(Path.Combine(Repository.Root, file));
}
