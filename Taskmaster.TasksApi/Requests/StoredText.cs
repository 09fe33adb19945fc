namespace Taskmaster.TasksApi.Requests;

/// <summary>What Postgres makes of text: how it counts, what it cannot hold, how LIKE reads it.</summary>
internal static class StoredText
{
    public const string Escape = "\\";

    /// <summary>Length as JSON Schema's maxLength and varchar(n) count it: in code points, not in UTF-16 units.</summary>
    public static int Length(string text)
    {
        var length = text.Length;
        foreach (var unit in text)
        {
            if (char.IsLowSurrogate(unit))
            {
                length--;
            }
        }

        return length;
    }

    public static bool CanHold(string text) => !text.Contains('\0', StringComparison.Ordinal);

    /// <summary>The LIKE pattern for text anywhere, taken literally.</summary>
    public static string Containing(string text) => "%" + text
        .Replace(Escape, Escape + Escape, StringComparison.Ordinal)
        .Replace("%", Escape + "%", StringComparison.Ordinal)
        .Replace("_", Escape + "_", StringComparison.Ordinal) + "%";
}
