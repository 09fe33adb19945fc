using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Web;

namespace Taskmaster.Tests.AuthServer;

/// <summary>A response with its body read.</summary>
internal sealed record Answer(HttpStatusCode Status, string Body, HttpResponseMessage Message)
{
    public JsonObject Json => JsonNode.Parse(Body) as JsonObject ?? throw new JsonException($"Not an object: {Body}");

    public Uri? Location => Message.Headers.Location;

    public string this[string name] => Json[name]?.ToString() ?? throw new KeyNotFoundException($"No {name} in {Body}");

    /// <summary>What the redirect tells the client.</summary>
    public System.Collections.Specialized.NameValueCollection Query => HttpUtility.ParseQueryString(Location!.Query);

    public static async Task<Answer> OfAsync(HttpResponseMessage message) =>
        new(message.StatusCode, await message.Content.ReadAsStringAsync(), message);

    /// <summary>Status, and the whole body: these two members and no other.</summary>
    public Answer IsError(HttpStatusCode status, string error, string description)
    {
        Assert.Equal(status, Status);
        Assert.Equal(["error", "error_description"], Json.Select(member => member.Key));
        Assert.Equal(error, this["error"]);
        Assert.Equal(description, this["error_description"]);
        return this;
    }

    public Answer Is(HttpStatusCode status)
    {
        Assert.True(status == Status, $"{(int)Status} instead of {(int)status}: {Message.RequestMessage?.RequestUri} {Location} {Body}");
        return this;
    }
}
