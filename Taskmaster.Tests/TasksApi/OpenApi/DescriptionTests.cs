using System.Net;
using System.Text.Json.Nodes;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Tests.TasksApi.Hosting;
using YamlDotNet.Serialization;

namespace Taskmaster.Tests.TasksApi.OpenApi;

[Collection(SharedTasksApi.Name)]
public sealed class DescriptionTests(TasksApiHost host)
{
    private const string ShippedOrigin = "http://localhost:5080";

    private static readonly string[] Verbs = ["get", "post", "put", "patch", "delete"];

    [Fact]
    public async Task The_description_is_served_to_everybody_as_JSON_and_as_YAML_of_the_same_content()
    {
        var json = await host.Anonymous.SendAsync(HttpMethod.Get, "/api/openapi.json");
        var yaml = await host.Anonymous.SendAsync(HttpMethod.Get, "/api/openapi.yaml");

        Assert.Equal((HttpStatusCode.OK, "application/json"), (json.Status, json.Headers["Content-Type"]));
        Assert.Equal((HttpStatusCode.OK, "application/yaml"), (yaml.Status, yaml.Headers["Content-Type"]));
        Assert.StartsWith("3.1", json.Text("openapi"), StringComparison.Ordinal);
        Assert.Equal(Paths(json.Json), Paths(FromYaml(yaml.Body)));
    }

    /// <summary>With TASKMASTER_WRITE_OPENAPI=1 in the environment this writes the file instead.</summary>
    [Fact]
    public async Task The_file_in_docs_is_what_is_served()
    {
        var served = (await host.Anonymous.SendAsync(HttpMethod.Get, "/api/openapi.yaml")).Body
            .Replace(TasksApiHost.Origin, ShippedOrigin, StringComparison.Ordinal) + "\n";
        var file = Path.Combine(Repository.Root, "docs", "openapi.yaml");
        if (Environment.GetEnvironmentVariable("TASKMASTER_WRITE_OPENAPI") == "1")
        {
            await File.WriteAllTextAsync(file, served);
        }

        Assert.True(
            served == await File.ReadAllTextAsync(file),
            "docs/openapi.yaml is not what the API serves. Run this test with TASKMASTER_WRITE_OPENAPI=1 to write it, and look at what "
            + "changed.");
    }

    [Fact]
    public async Task Every_operation_has_its_texts_an_example_of_success_and_a_schema_for_every_error()
    {
        var document = await ServedAsync();

        foreach (var (place, operation) in Operations(document))
        {
            Assert.True(operation["summary"] is not null
                && operation["description"] is not null
                && operation["tags"] is not null, $"{place} has no texts.");
            Assert.True(operation["requestBody"] is not { } body
                || body["content"]!["application/json"]!["example"] is not null, $"{place} has no example of its body.");
            foreach (var (status, answer) in operation["responses"]!.AsObject())
            {
                foreach (var (mediaType, content) in answer!["content"]?.AsObject() ?? [])
                {
                    Assert.True(content!["schema"] is not null, $"{place} says nothing of a {status} as {mediaType}.");
                    Assert.True(
                        content["example"] is not null || mediaType == "text/event-stream", $"{place} has no example of {status}.");
                }
            }

            foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
            {
                Assert.True(parameter!["description"] is not null, $"{place} does not say what {parameter["name"]} is.");
            }
        }
    }

    [Fact]
    public async Task What_the_original_documents_is_there_under_the_same_names()
    {
        var original = FromYaml(
            await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "TasksApi", "OpenApi", "original.yaml")));
        var ours = await ServedAsync();
        var operations = Operations(original).ToList();
        Assert.Equal(12, operations.Count);

        foreach (var (place, operation) in operations)
        {
            var own = Operations(ours).SingleOrDefault(candidate => candidate.Place == place).Operation;
            Assert.True(own is not null, $"{place} is missing.");
            Assert.Equal(operation["operationId"]!.ToString(), own["operationId"]!.ToString());
            Assert.Equal(operation["tags"]!.ToJsonString(), own["tags"]!.ToJsonString());
            Assert.Equal(
                operation["security"]!.AsArray().Select(way => way!.AsObject().Single().Key),
                own["security"]!.AsArray().Select(way => way!.AsObject().Single().Key));
            Assert.Subset(Keys(own["responses"]), Keys(operation["responses"]));
            Assert.Subset(Parameters(own), Parameters(operation));

            foreach (var part in new[] { "requestBody", "responses.200", "responses.201" })
            {
                var (theirs, mine) = (Fields(Json(operation, part), original), Fields(Json(own, part), ours));
                Assert.Subset(mine, theirs);
                Assert.True(mine.Count == theirs.Count, $"{place} has other fields in {part}: {string.Join(", ", mine.Except(theirs))}");
            }

            Assert.Subset(
                Names(Resolved(Json(own, "requestBody"), ours)?["required"]),
                Names(Resolved(Json(operation, "requestBody"), original)?["required"]));
        }
    }

    [Fact]
    public async Task Both_flows_and_the_API_key_are_on_the_public_origin()
    {
        var schemes = (await ServedAsync())["components"]!["securitySchemes"]!;

        var flows = schemes["oauthToken"]!["flows"]!;
        Assert.Equal($"{TasksApiHost.Origin}/oauth2/authorize", flows["authorizationCode"]!["authorizationUrl"]!.ToString());
        Assert.Equal($"{TasksApiHost.Origin}/oauth2/token", flows["authorizationCode"]!["tokenUrl"]!.ToString());
        Assert.Equal($"{TasksApiHost.Origin}/oauth2/token", flows["clientCredentials"]!["tokenUrl"]!.ToString());
        Assert.Equal(["tasks:read", "tasks:write"], flows["clientCredentials"]!["scopes"]!.AsObject().Select(scope => scope.Key));
        Assert.Equal(("header", "x-api-key"), (schemes["apiKey"]!["in"]!.ToString(), schemes["apiKey"]!["name"]!.ToString()));
    }

    [NpmFact]
    public async Task Redocly_and_Spectral_find_nothing_to_say()
    {
        var folder = Path.Combine(Repository.Root, "eng", "openapi");
        var file = Path.Combine(Path.GetTempPath(), $"openapi-{Guid.CreateVersion7():N}.yaml");
        await File.WriteAllTextAsync(file, (await host.Anonymous.SendAsync(HttpMethod.Get, "/api/openapi.yaml")).Body);
        try
        {
            await Npm.InstallAsync(folder);
            await Npm.RunAsync(folder, "redocly", "lint", "--config", "redocly.yaml", "--max-problems", "50", file);
            var spectral = await Npm.RunAsync(folder, "spectral", "lint", "--ruleset", "spectral.yaml", "--fail-severity", "hint", file);
            Assert.Contains("No results", spectral, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task The_reference_page_loads_nothing_from_elsewhere_and_says_so()
    {
        var page = await host.Anonymous.SendAsync(HttpMethod.Get, "/api/docs/");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        var policy = page.Headers["Content-Security-Policy"];
        Assert.StartsWith("default-src 'none'; script-src 'self' 'nonce-", policy, StringComparison.Ordinal);
        Assert.Contains("connect-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("//", page.Body.Replace(TasksApiHost.Origin, "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("\"x-scalar-client-id\":\"taskmaster-docs\"", page.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await host.Anonymous.SendAsync(HttpMethod.Get, "/api/docs/scalar.js")).Status);
        Assert.NotEqual(policy, (await host.Anonymous.SendAsync(HttpMethod.Get, "/api/docs/")).Headers["Content-Security-Policy"]);
    }

    [Fact]
    public async Task The_reference_page_can_be_read_before_its_script_has_run_and_without_one()
    {
        var page = (await host.Anonymous.SendAsync(HttpMethod.Get, "/api/docs/")).Body;
        var end = page.IndexOf("<div id=\"app\">", StringComparison.Ordinal);
        var outline = page[page.IndexOf("<main id=\"outline\">", StringComparison.Ordinal)..end];

        Assert.All(
            Operations(await ServedAsync()).Select(entry => entry.Operation["summary"]!.GetValue<string>()),
            summary => Assert.Contains(summary.Replace("'", "&#x27;", StringComparison.Ordinal), outline, StringComparison.Ordinal));
        var later = page.IndexOf("<template id=\"scalar\">", StringComparison.Ordinal);
        Assert.InRange(page.IndexOf("<script src=\"scalar.js\"", StringComparison.Ordinal), later, page.Length);
    }

    private async Task<JsonNode> ServedAsync() => (await host.Anonymous.SendAsync(HttpMethod.Get, "/api/openapi.json")).Json;

    private static JsonNode FromYaml(string yaml) => JsonNode.Parse(
        new SerializerBuilder().JsonCompatible().Build().Serialize(new DeserializerBuilder().Build().Deserialize(yaml)!))!;

    private static IEnumerable<string> Paths(JsonNode document) => Operations(document).Select(entry => entry.Place).Order();

    private static IEnumerable<(string Place, JsonNode Operation)> Operations(JsonNode document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where Verbs.Contains(operation.Key)
        select ($"{operation.Key} {path.Key}", operation.Value!);

    private static HashSet<string> Keys(JsonNode? node) => [.. node!.AsObject().Select(entry => entry.Key)];

    private static HashSet<string> Names(JsonNode? array) => [.. array?.AsArray().Select(name => name!.ToString()) ?? []];

    private static HashSet<string> Parameters(JsonNode operation) =>
        [.. operation["parameters"]?.AsArray().Select(
            parameter => $"{parameter!["in"]} {parameter["name"]} {parameter["required"] ?? "false"}") ?? []];

    private static JsonNode? Json(JsonNode operation, string part) =>
        part.Split('.').Aggregate((JsonNode?)operation, (node, name) => node?[name])?["content"]?["application/json"]?["schema"];

    /// <summary>Name and length of each field of an object, or of a list's items.</summary>
    private static HashSet<string> Fields(JsonNode? schema, JsonNode document) =>
        [.. Resolved(schema, document)?["properties"]?.AsObject().Select(
            field => $"{field.Key} {Resolved(field.Value, document)?["maxLength"]}") ?? []];

    private static JsonNode? Resolved(JsonNode? schema, JsonNode document)
    {
        while (schema is not null)
        {
            if (schema["$ref"]?.ToString() is { } reference)
            {
                schema = document["components"]!["schemas"]![reference.Split('/')[^1]];
            }
            else if (schema["items"] is { } items)
            {
                schema = items;
            }
            else
            {
                break;
            }
        }

        return schema;
    }
}
