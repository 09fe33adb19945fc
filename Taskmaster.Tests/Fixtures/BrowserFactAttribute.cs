namespace Taskmaster.Tests.Fixtures;

/// <summary>
/// A fact that needs Chromium, and is skipped with the reason where none is installed. CI installs it and fails on a skip.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    public BrowserFactAttribute()
    {
        if (ExecutablePath is null)
        {
            Skip = $"No browser: none of {string.Join(", ", Names)} is on the PATH.";
        }
    }

    public static string? ExecutablePath { get; } = (
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        from name in Names
        let file = Path.Combine(folder, name)
        where File.Exists(file)
        select file).FirstOrDefault();
}
