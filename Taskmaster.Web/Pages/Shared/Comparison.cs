namespace Taskmaster.Web.Pages.Shared;

/// <summary>
/// What a user wants to save beside what was saved after they opened the form, in another tab or by a program;
/// <c>_Comparison.cshtml</c> shows it above the form.
/// </summary>
/// <param name="reload">The form's address, where it opens with what is saved.</param>
/// <param name="fields">Label, what the user has and what is saved, of each field.</param>
internal sealed class Comparison(string reload, params ReadOnlySpan<(string Label, string? Yours, string? Saved)> fields)
{
    public string Reload => reload;

    /// <summary>The fields that are not the same; none when somebody saved just what the user wants.</summary>
    public IReadOnlyList<(string Label, string Yours, string Saved)> Differences { get; } = DifferencesIn(fields);

    private static List<(string Label, string Yours, string Saved)> DifferencesIn(
        ReadOnlySpan<(string Label, string? Yours, string? Saved)> fields)
    {
        var differences = new List<(string Label, string Yours, string Saved)>();
        foreach (var (label, yours, saved) in fields)
        {
            // A browser ends the lines of a text area by CR LF, whatever they ended by before.
            if ((yours ?? "").ReplaceLineEndings("\n") != (saved ?? "").ReplaceLineEndings("\n"))
            {
                differences.Add((label, yours ?? "", saved ?? ""));
            }
        }

        return differences;
    }
}
