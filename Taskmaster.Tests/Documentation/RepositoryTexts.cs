using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.Documentation;

/// <summary>What people wrote in the repository: code, pages, scripts, settings; not what builds and package managers add.</summary>
internal static class RepositoryTexts
{
    public static readonly string[] Generated = [".git", "artifacts", "bin", "node_modules", "obj", "TestResults"];

    private static readonly string[] Written =
        [".cs", ".cshtml", ".css", ".csproj", ".http", ".js", ".lua", ".md", ".mjs", ".props", ".sh", ".targets", ".yaml", ".yml"];

    /// <summary>Each by its path from the root, with <c>/</c>.</summary>
    public static IReadOnlyList<(string Path, string Text)> All { get; } =
        [.. FilesIn(new(Repository.Root)).Select(file => (PathOf(file), File.ReadAllText(file)))];

    public static IEnumerable<(string Path, string Text)> Pages => All.Where(file => file.Path.EndsWith(".md", StringComparison.Ordinal));

    private static IEnumerable<string> FilesIn(DirectoryInfo folder) =>
        folder.EnumerateFiles().Where(IsWritten).Select(file => file.FullName)
            .Concat(folder.EnumerateDirectories().Where(inner => !Generated.Contains(inner.Name)).SelectMany(FilesIn));

    private static bool IsWritten(FileInfo file) => Written.Contains(file.Extension) || file is { Name: "run", Directory.Name: ".ci" };

    public static string PathOf(string file) => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');
}
