using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Taskmaster.Mcp.Answers;

/// <summary>
/// JSON as the Tasks API speaks it. Members without a value are written as null: the SDK's own options leave them out, while the
/// output schemas it makes require them.
/// </summary>
internal static class McpJson
{
    public static JsonSerializerOptions Options { get; } = Make();

    /// <summary>
    /// Whether it says that JSON of a caller's is none, or none that can be read as what it was to be: a string, say, that is half of a
    /// surrogate pair.
    /// </summary>
    public static bool IsUnreadable(Exception exception) =>
        exception is JsonException
        || (exception is InvalidOperationException { Source: { } source } && source.StartsWith("System.Text.Json", StringComparison.Ordinal));

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            NumberHandling = JsonNumberHandling.Strict,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
        options.MakeReadOnly();
        return options;
    }
}
