using System.Text.RegularExpressions;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.Telemetry;

/// <summary>The two tables of <c>docs/telemetry.md</c>.</summary>
internal static partial class TelemetryPage
{
    private static readonly List<string[]> Rows = [.. File.ReadLines(Path.Combine(Repository.Root, "docs", "telemetry.md"))
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1])];

    public static IReadOnlyList<DocumentedInstrument> Instruments { get; } = [.. Rows
        .Where(row => row.Length == 6)
        .Select(row => new DocumentedInstrument(Plain(row[0]), Plain(row[1]), row[2], Plain(row[3]), [.. Codes(row[4])]))];

    /// <summary>The values that an attribute is said to have; none where a sentence says which.</summary>
    public static IReadOnlyDictionary<string, string[]> Attributes { get; } = Rows
        .Where(row => row.Length == 2)
        .ToDictionary(row => Plain(row[0]), row => Code().Replace(row[1], "").Trim(',', ' ').Length == 0
            ? [.. Codes(row[1])]
            : Array.Empty<string>());

    private static string Plain(string cell) => cell.Trim('`');

    private static IEnumerable<string> Codes(string cell) => Code().Matches(cell).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@",? ?`([^`]+)`")]
    private static partial Regex Code();

    internal sealed record DocumentedInstrument(string Meter, string Name, string Type, string Unit, string[] Attributes);
}
