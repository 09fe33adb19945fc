namespace Taskmaster.Tests.Fixtures;

/// <summary>A fact that runs Python, and is skipped with the reason where there is none. CI installs it and fails on a skip.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, "python3"))))
        {
            Skip = "No python3 is on the PATH.";
        }
    }
}
