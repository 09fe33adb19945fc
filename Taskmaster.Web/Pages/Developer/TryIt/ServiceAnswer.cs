using System.Text.Json;

namespace Taskmaster.Web.Pages.Developer.TryIt;

/// <summary>An answer as a client sees it.</summary>
internal sealed record ServiceAnswer(int Status, string Body)
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The body as JSON; undefined where it is none.</summary>
    public JsonElement Json { get; } = Parse(Body);

    public string? Text(string member) =>
        Json.ValueKind is JsonValueKind.Object && Json.TryGetProperty(member, out var value) ? value.ToString() : null;

    public string Readable => Json.ValueKind is JsonValueKind.Undefined ? Body : JsonSerializer.Serialize(Json, Indented);

    private static JsonElement Parse(string body)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(body);
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
