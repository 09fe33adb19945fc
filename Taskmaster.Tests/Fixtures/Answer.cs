using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Taskmaster.Tests.Fixtures;

/// <summary>An HTTP answer, read to its end.</summary>
public sealed record Answer(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public string Text(string property) => Json[property]!.GetValue<string>();

    public string AccessToken => Text("access_token");

    public IEnumerable<string> Properties => Json.AsObject().Select(property => property.Key);

    /// <summary>Asserts the status and the whole body; white space between JSON tokens does not count.</summary>
    public void Is(HttpStatusCode status, string json)
    {
        Assert.True(status == Status, $"Expected {(int)status}, got {(int)Status}: {Body}");
        Assert.Equal(Compact(json), Compact(Body));
        Assert.StartsWith("application/json", Headers["Content-Type"], StringComparison.Ordinal);
    }

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) => new(
        response.StatusCode,
        response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
        await response.Content.ReadAsStringAsync());

    private static string Compact(string json) => JsonSerializer.Serialize(JsonNode.Parse(json));
}
