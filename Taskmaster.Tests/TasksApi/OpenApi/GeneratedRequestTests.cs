using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Mime;
using System.Text.Json.Nodes;
using NJsonSchema;
using NSwag;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.Tests.TasksApi.Hosting;
using Xunit.Abstractions;

namespace Taskmaster.Tests.TasksApi.OpenApi;

/// <summary>
/// Requests made from the description, each answered as the description says and none with 500. By default a few
/// thousand; TASKMASTER_GENERATED_REQUESTS=100000 asks for more, TASKMASTER_SEED repeats a run.
/// </summary>
[Collection(SharedTasksApi.Name)]
public sealed class GeneratedRequestTests(TasksApiHost host, ITestOutputHelper output)
{
    private const int Lanes = 4;

    /// <summary>So that lists stay short.</summary>
    private const int RequestsAnAccount = 60;

    private readonly ConcurrentDictionary<string, int> _answers = new();

    [Fact]
    [Trait("Behaviour", "37")]
    [Trait("Behaviour", "38")]
    public async Task Every_answer_to_a_generated_request_fits_the_description()
    {
        var count = Setting("TASKMASTER_GENERATED_REQUESTS", 4_000);
        var seed = Setting("TASKMASTER_SEED", Environment.TickCount & int.MaxValue);
        output.WriteLine($"TASKMASTER_SEED={seed}, {count} requests");
        var json = (await host.Anonymous.SendAsync(HttpMethod.Get, "/api/openapi.json")).Body;
        var description = await DescriptionAsync(json);

        var problems = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane =>
            Task.Run(() => RunAsync(new RequestGenerator(JsonNode.Parse(json)!, seed + lane), description, count / Lanes))));

        foreach (var (answer, times) in _answers.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{times,7} {answer}");
        }

        Assert.Empty(problems.SelectMany(found => found).Take(10));
        Assert.DoesNotContain(_answers.Keys, answer => answer.StartsWith("503", StringComparison.Ordinal));
        Assert.True(
            _answers.Keys.Count(answer => answer.StartsWith('2')) > 10, "Hardly anything succeeded, so hardly anything was tested.");
    }

    private async Task<List<string>> RunAsync(
        RequestGenerator generator, IReadOnlyDictionary<string, OpenApiOperation> description, int count)
    {
        List<string> problems = [];
        for (var done = 0; done < count && problems.Count < 10; done += RequestsAnAccount)
        {
            var user = Guid.CreateVersion7();
            var alice = await TokenAsync(user, TasksApiHost.DocumentedScopes);
            var bob = await TokenAsync(Guid.CreateVersion7(), TasksApiHost.DocumentedScopes);
            (string Header, string Value)[] callers =
            [
                alice, alice, alice, alice, bob,
                (ApiKeyFormat.Header, await host.NewApiKeyAsync(user, [TaskmasterScopes.TasksRead, TaskmasterScopes.TasksWrite])),
                (ApiKeyFormat.Header, await host.NewApiKeyAsync(user, [TaskmasterScopes.TasksRead])),
                await TokenAsync(TasksApiHost.Admin, TaskmasterScopes.TasksRead),
                ("Authorization", "Bearer no-token"), ("Accept", "*/*"),
            ];
            var ids = await ThingsAsync(alice);

            for (var n = 0; n < Math.Min(RequestsAnAccount, count - done); n++)
            {
                var (place, request) = generator.Next(ids);
                var sent =
                    $"{request.Method} {request.RequestUri} {(request.Content is null ? "" : await request.Content.ReadAsStringAsync())}";
                using var response = await SendAsync(request, callers[n % callers.Length]);
                var body = await BodyAsync(response);
                _answers.AddOrUpdate($"{(int)response.StatusCode} {place}", 1, (_, times) => times + 1);
                if (ProblemOf(description[place], response, body) is { } problem)
                {
                    problems.Add($"{problem}: {sent} → {(int)response.StatusCode} {body}");
                }
                else if (response.StatusCode == HttpStatusCode.Created)
                {
                    Remember(place, body, ids);
                }
            }
        }

        return problems;
    }

    private static string? ProblemOf(OpenApiOperation operation, HttpResponseMessage response, string body)
    {
        var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        if (response.StatusCode == HttpStatusCode.InternalServerError)
        {
            return "A failure of ours";
        }

        if (!operation.Responses.TryGetValue(status, out var answer))
        {
            return "A status that is not described";
        }

        if (body.Length == 0)
        {
            return answer.Content.Count == 0 ? null : "No body";
        }

        if (!answer.Content.TryGetValue(response.Content.Headers.ContentType?.MediaType ?? "", out var content))
        {
            return "A media type that is not described";
        }

        return response.Content.Headers.ContentType!.MediaType == "application/json"
            && content.Schema.Validate(body) is { Count: > 0 } errors
            ? $"Not of the schema ({errors.First()})"
            : null;
    }

    /// <summary>By method and path; schemas take no field that they do not name.</summary>
    private static async Task<IReadOnlyDictionary<string, OpenApiOperation>> DescriptionAsync(string json)
    {
        var document = await OpenApiDocument.FromJsonAsync(json);
        foreach (var schema in document.Components.Schemas.Values.Where(schema => schema.Type == JsonObjectType.Object))
        {
            schema.AllowAdditionalProperties = false;
        }

        return document.Paths
            .SelectMany(path => path.Value.Select(operation => (Place: $"{operation.Key} {path.Key}", Operation: operation.Value)))
            .ToDictionary(entry => entry.Place, entry => entry.Operation);
    }

    private async Task<(string Header, string Value)> TokenAsync(Guid user, params string[] scopes) =>
        ("Authorization", "Bearer " + await host.Issuer.AccessTokenAsync(user, scopes));

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, (string Header, string Value) caller)
    {
        request.Headers.TryAddWithoutValidation(caller.Header, caller.Value);
        return host.Anonymous.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>The whole body; of a stream of events, which has no end, the first line.</summary>
    private static async Task<string> BodyAsync(HttpResponseMessage response)
    {
        if (response.Content.Headers.ContentType?.MediaType != MediaTypeNames.Text.EventStream)
        {
            return await response.Content.ReadAsStringAsync();
        }

        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        return await reader.ReadLineAsync() ?? "";
    }

    private async Task<Dictionary<string, List<string>>> ThingsAsync((string Header, string Value) alice)
    {
        var project = await MakeAsync("/api/projects", new { name = "n", description = "d" });
        var task = await MakeAsync("/api/tasks", new { title = "t", description = "d", project_id = project });
        var other = await MakeAsync("/api/tasks", new { title = "t", description = "d", project_id = project });
        var relationship = await MakeAsync($"/api/tasks/{task}/relationships", new { target_task_id = other, type = "blocks" });
        return new() { ["project"] = [project], ["task"] = [task, other], ["relationship"] = [relationship] };

        async Task<string> MakeAsync(string path, object body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
            using var response = await SendAsync(request, alice);
            return JsonNode.Parse(await response.Content.ReadAsStringAsync())!["id"]!.ToString();
        }
    }

    private static void Remember(string place, string body, Dictionary<string, List<string>> ids)
    {
        if (JsonNode.Parse(body) is JsonObject made)
        {
            var kind = place.EndsWith("/relationships", StringComparison.Ordinal)
                ? "relationship"
                : place.EndsWith("/projects", StringComparison.Ordinal) ? "project" : "task";
            ids[kind].Add(made["id"]!.ToString());
        }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;
}
