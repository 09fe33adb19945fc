namespace Taskmaster.Benchmarks.Machine;

/// <summary>Programs of the machine, looked for on PATH and in the folders given.</summary>
internal static class Tools
{
    public static string? Find(string name, params IEnumerable<string> folders) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(folders)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    public static string Require(string name, params IEnumerable<string> folders) =>
        Find(name, folders) ?? throw new InvalidOperationException($"{name} is not installed, and the benchmark needs it.");
}
