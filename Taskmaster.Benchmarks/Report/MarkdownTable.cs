using System.Text;

namespace Taskmaster.Benchmarks.Report;

/// <summary>A table that reads well on a console and pastes into a document.</summary>
internal sealed class MarkdownTable(params IReadOnlyList<string> header)
{
    private readonly List<IReadOnlyList<string>> _rows = [];

    public void Add(params IReadOnlyList<string> cells) => _rows.Add(cells);

    public override string ToString()
    {
        var widths = header.Select((cell, column) => _rows.Select(row => row[column].Length).Append(cell.Length).Max()).ToList();
        var text = new StringBuilder();
        AddLine(text, header, widths);
        text.Append('|').AppendJoin('|', widths.Select(width => new string('-', width + 2))).Append("|\n");
        _rows.ForEach(row => AddLine(text, row, widths));
        return text.ToString();
    }

    private static void AddLine(StringBuilder text, IReadOnlyList<string> cells, List<int> widths)
    {
        var padded = cells.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
        text.Append("| ").AppendJoin(" | ", padded).Append(" |\n");
    }
}
