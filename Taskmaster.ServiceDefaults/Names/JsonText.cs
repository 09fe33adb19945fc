using System.Text.Json;

namespace Taskmaster.ServiceDefaults.Names;

/// <summary>
/// Reads strings from JSON that a caller has written. JSON's grammar allows half of a surrogate pair as an escape, and a document is
/// parsed whatever bytes its strings have: neither has to be text, and to read what is none throws.
/// </summary>
public static class JsonText
{
    /// <summary>The text of a value; null for what is no string, and for a string that is no text.</summary>
    public static string? Of(JsonElement value)
    {
        try
        {
            return value.ValueKind is JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>
    /// The text of an object's member; null where there is no such member or its value is no text, and where a name that is no text
    /// stands in its way.
    /// </summary>
    public static string? Of(JsonElement json, string member)
    {
        try
        {
            return json.TryGetProperty(member, out var value) ? Of(value) : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
