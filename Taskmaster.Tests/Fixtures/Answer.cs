using System.Collections.Specialized;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Web;

namespace Taskmaster.Tests.Fixtures;

/// <summary>An HTTP answer, read to its end.</summary>
public sealed record Answer(HttpStatusCode Status, string Body, HttpResponseMessage Message)
{
    public JsonObject Json => JsonNode.Parse(Body) as JsonObject ?? throw new JsonException($"Not an object: {Body}");

    public JsonArray Items => JsonNode.Parse(Body) as JsonArray ?? throw new JsonException($"Not an array: {Body}");

    public IEnumerable<string> Properties => Json.Select(property => property.Key);

    /// <summary>A member of the body, as text.</summary>
    public string this[string name] => Json[name]?.ToString() ?? throw new KeyNotFoundException($"No {name} in {Body}");

    public string AccessToken => this["access_token"];

    public Uri? Location => Message.Headers.Location;

    /// <summary>What the redirect tells the client.</summary>
    public NameValueCollection Query => HttpUtility.ParseQueryString(Location!.Query);

    public IReadOnlyDictionary<string, string> Headers =>
        Message.Headers.Concat(Message.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);

    public static async Task<Answer> ReadAsync(HttpResponseMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new(message.StatusCode, await message.Content.ReadAsStringAsync(), message);
    }

    public Answer Is(HttpStatusCode status)
    {
        Assert.True(status == Status, $"{(int)Status} instead of {(int)status}: {Message.RequestMessage?.RequestUri} {Location} {Body}");
        return this;
    }

    /// <summary>Asserts the status and the whole body; white space between JSON tokens does not count.</summary>
    public void Is(HttpStatusCode status, string json)
    {
        Is(status);
        Assert.Equal(Compact(json), Compact(Body));
        Assert.StartsWith("application/json", Headers["Content-Type"], StringComparison.Ordinal);
    }

    /// <summary>Status, and the whole body: these two members and no other.</summary>
    public Answer IsError(HttpStatusCode status, string error, string description)
    {
        Assert.Equal(status, Status);
        Assert.Equal(["error", "error_description"], Properties);
        Assert.Equal(error, this["error"]);
        Assert.Equal(description, this["error_description"]);
        return this;
    }

    private static string Compact(string json) => JsonSerializer.Serialize(JsonNode.Parse(json));
}
