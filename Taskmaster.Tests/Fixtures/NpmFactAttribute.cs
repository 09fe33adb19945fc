namespace Taskmaster.Tests.Fixtures;

/// <summary>
/// A fact that needs Node.js with npm, and is skipped with the reason where there is none. CI installs it and fails on a skip.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NpmFactAttribute : FactAttribute
{
    public NpmFactAttribute()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, "npm"))))
        {
            Skip = "No npm is on the PATH.";
        }
    }
}
