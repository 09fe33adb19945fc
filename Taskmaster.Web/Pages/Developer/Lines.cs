using System.Globalization;
using Taskmaster.Web.Api;

namespace Taskmaster.Web.Pages.Developer;

/// <summary>A text area with one value a line.</summary>
internal static class Lines
{
    public static IReadOnlyList<string> Read(string? text) =>
        text?.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    public static string Write(IEnumerable<string> values) => string.Join('\n', values);

    /// <summary>
    /// The refusal with, before each reason that begins by quoting a line of <paramref name="text"/>, which line that is.
    /// </summary>
    public static Refusal Locate(Refusal refusal, string field, string? text)
    {
        if (!refusal.Errors.TryGetValue(field, out var reasons))
        {
            return refusal;
        }

        var lines = (text ?? string.Empty).Split('\n', StringSplitOptions.TrimEntries);
        var located = reasons.Select(reason => Array.FindIndex(
            lines, line => line.Length > 0 && reason.StartsWith($"'{line}'", StringComparison.Ordinal)) is >= 0 and var index
            ? string.Create(CultureInfo.InvariantCulture, $"Line {index + 1}: {reason}")
            : reason);
        return refusal with { Errors = new Dictionary<string, string[]>(refusal.Errors) { [field] = [.. located] } };
    }
}
