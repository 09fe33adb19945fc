namespace Taskmaster.Tests.Fixtures;

/// <summary>A fact that needs Chromium and npm, and is skipped with the reason where one of them is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NpmBrowserFactAttribute : FactAttribute
{
    public NpmBrowserFactAttribute() => Skip = new BrowserFactAttribute().Skip ?? new NpmFactAttribute().Skip;
}
