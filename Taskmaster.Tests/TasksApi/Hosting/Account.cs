using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Taskmaster.Tests.TasksApi.Hosting;

/// <summary>A user and the client that acts for them.</summary>
public sealed record Account(Guid User, HttpClient Http)
{
    public Task<Reply> GetAsync(string path) => Http.SendAsync(HttpMethod.Get, path);

    public Task<Reply> DeleteAsync(string path) => Http.SendAsync(HttpMethod.Delete, path);

    public Task<Reply> PostAsync(string path, object body) => Http.SendAsync(HttpMethod.Post, path, JsonContent.Create(body));

    public Task<Reply> PutAsync(string path, object body) => Http.SendAsync(HttpMethod.Put, path, JsonContent.Create(body));

    public Task<Reply> PatchAsync(string path, object body) => Http.SendAsync(HttpMethod.Patch, path, JsonContent.Create(body));

    public async Task<string> NewProjectAsync(string name = "Website Redesign")
    {
        var reply = await PostAsync("/api/projects", new { name, description = "Modern UI" });
        Assert.Equal(HttpStatusCode.Created, reply.Status);
        return reply.Text("id");
    }

    public async Task<string> NewTaskAsync(string? project = null, string title = "Complete project setup")
    {
        var reply = await PostAsync(
            "/api/tasks", new { title, description = "All of it", project_id = project ?? await NewProjectAsync() });
        Assert.Equal(HttpStatusCode.Created, reply.Status);
        return reply.Text("id");
    }

    public async Task<string> NewRelationshipAsync(string task, string target, string type = "blocks")
    {
        var reply = await PostAsync($"/api/tasks/{task}/relationships", new { target_task_id = target, type });
        Assert.Equal(HttpStatusCode.Created, reply.Status);
        return reply.Text("id");
    }

    public async Task<string> NewViewAsync()
    {
        var reply = await PostAsync("/api/views", new { label = "View", query = "open=true" });
        Assert.Equal(HttpStatusCode.Created, reply.Status);
        return reply.Text("id");
    }
}

/// <summary>An answer of the API, read to its end.</summary>
public sealed record Reply(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public string Text(string property) => Json[property]!.GetValue<string>();

    public IEnumerable<string> All(string property) => Json.AsArray().Select(item => item![property]!.GetValue<string>());

    /// <summary>Asserts the status, the media type and the whole body as it was sent.</summary>
    public void Is(HttpStatusCode status, string body, string mediaType = "application/json; charset=utf-8")
    {
        Assert.Equal((status, body), (Status, Body));
        Assert.Equal(mediaType, Headers["Content-Type"]);
    }
}

public static class HttpClientExtensions
{
    public static async Task<Reply> SendAsync(
        this HttpClient http, HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        using var response = await http.SendAsync(request);
        return new Reply(
            response.StatusCode,
            response.Headers.Concat(response.Content.Headers)
                .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
            await response.Content.ReadAsStringAsync());
    }

    /// <summary>The beginning of an answer that has no end; one that is refused has.</summary>
    public static async Task<Reply> OpenAsync(this HttpClient http, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new Reply(
            response.StatusCode,
            response.Headers.ToDictionary(
                header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
            response.IsSuccessStatusCode ? "" : await response.Content.ReadAsStringAsync());
    }

    public static Task<Reply> SendJsonAsync(this HttpClient http, HttpMethod method, string path, string json) =>
        http.SendAsync(method, path, new StringContent(json, Encoding.UTF8, "application/json"));
}
