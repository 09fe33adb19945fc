namespace Taskmaster.Web.Pages.Developer;

/// <summary>A text area with one value a line.</summary>
internal static class Lines
{
    public static IReadOnlyList<string> Read(string? text) =>
        text?.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    public static string Write(IEnumerable<string> values) => string.Join('\n', values);
}
