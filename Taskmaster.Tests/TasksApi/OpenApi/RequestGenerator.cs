using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;

namespace Taskmaster.Tests.TasksApi.OpenApi;

/// <summary>
/// Makes requests from the description: right ones, and ones with something wrong about them. The same seed makes the same ones.
/// </summary>
internal sealed class RequestGenerator(JsonNode document, int seed)
{
    private static readonly string[] Texts =
        ["Write", "a", "", " ", "0", "null", "🗂️", "مهمة", "\u0000", "\ud83d", "<b>", "'; DROP TABLE tasks; --", "%_\\", new(
            'x', 255), new('y', 256), new('z', 501)];

    private static readonly string[] PathTexts =
    [
        "7", "null", "%25", "a b", "🗂️", "'", "00000000000000000000000000000000", new('9', 300)
    ];

    private readonly PCG _random = new(1, (ulong)seed);
    private readonly List<(string Path, string Method, JsonNode Operation)> _operations =
    [
        .. from path in document["paths"]!.AsObject()
           from operation in path.Value!.AsObject()
           select (path.Key, operation.Key, operation.Value!),
    ];

    /// <param name="ids">Ids by what they are of (task, project, relationship): the caller's own, and others'.</param>
    public (string Place, HttpRequestMessage Request) Next(IReadOnlyDictionary<string, List<string>> ids)
    {
        var (path, method, operation) = Pick(_operations);
        var place = $"{method} {path}";
        var query = new List<string>();
        var request = new HttpRequestMessage { Method = new HttpMethod(method.ToUpperInvariant()) };
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
        {
            var (name, location) = (parameter!["name"]!.ToString(), parameter["in"]!.ToString());
            switch (location)
            {
                case "path":
                    path = path.Replace(
                        $"{{{name}}}", Often() ? Id(name, path, ids) : Uri.EscapeDataString(Pick(PathTexts)), StringComparison.Ordinal);
                    break;
                case "query" when Sometimes():
                    query.Add(
                        $"{name}={Uri.EscapeDataString(Often() ? Value(parameter["schema"]!, name, ids)?.ToString() ?? "" : Utf8(Pick(Texts)))}");
                    break;
                case "header" when Sometimes():
                    request.Headers.TryAddWithoutValidation(
                        name, Pick(["\"1\"", "*", "W/\"1\"", "x", "\"", Guid.CreateVersion7().ToString()]));
                    break;
            }
        }

        request.RequestUri = new Uri($"/api{path}{(query.Count > 0 ? "?" + string.Join('&', query) : "")}", UriKind.Relative);
        if (operation["requestBody"]?["content"]?["application/json"]?["schema"] is { } schema)
        {
            request.Content = Body(schema, ids);
        }

        return (place, request);
    }

    private ByteArrayContent Body(JsonNode schema, IReadOnlyDictionary<string, List<string>> ids)
    {
        var json = Value(schema, "", ids)!;
        if (json is JsonObject fields && !Often())
        {
            foreach (var name in (string[])["created_by", "id", "is_admin", "owner_id"])
            {
                fields.TryAdd(name, Guid.CreateVersion7().ToString());
            }
        }

        if (json is JsonObject { Count: > 0 } spoilt && !Often())
        {
            spoilt[Pick([.. spoilt.Select(field => field.Key)])] = Pick<Func<JsonNode?>>(
                [() => null, () => 7, () => true, () => new JsonArray(), () => new JsonObject(), () => Pick(Texts)])();
        }

        var bytes = Below(20) switch
        {
            0 => "{"u8.ToArray(),
            1 => "[]"u8.ToArray(),
            2 => [],
            _ => Encoding.UTF8.GetBytes(json.ToJsonString()),
        };
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = Below(30) == 0
            ? new MediaTypeHeaderValue("text/plain")
            : new MediaTypeHeaderValue("application/json");
        return content;
    }

    private JsonNode? Value(JsonNode schema, string name, IReadOnlyDictionary<string, List<string>> ids)
    {
        if (schema["$ref"]?.ToString() is { } reference)
        {
            return Value(document["components"]!["schemas"]![reference.Split('/')[^1]]!, name, ids);
        }

        if (schema["enum"]?.AsArray() is { } choices)
        {
            return choices[Below(choices.Count)]!.DeepClone();
        }

        return schema["type"]?.ToString() switch
        {
            "object" => Object(schema, ids),
            "array" => new JsonArray([.. Enumerable.Range(0, 1 + Below(3)).Select(_ => Value(schema["items"]!, name, ids))]),
            "integer" => Below(10) switch { 0 => -1, 1 => 0, 2 => int.MaxValue, _ => 1 + Below(200) },
            "boolean" => Below(2) == 0,
            _ => schema["format"]?.ToString() switch
            {
                "uuid" => Id(name, "", ids),
                "date-time" => "2026-01-31T12:00:00Z",
                _ => Often() ? $"Text {Below(1000)}" : Utf8(Pick(Texts)),
            },
        };
    }

    private JsonObject Object(JsonNode schema, IReadOnlyDictionary<string, List<string>> ids)
    {
        var required = schema["required"]?.AsArray().Select(name => name!.ToString()).ToList() ?? [];
        var made = new JsonObject();
        foreach (var (name, field) in schema["properties"]!.AsObject())
        {
            if (required.Contains(name) ? Below(50) > 0 : Sometimes())
            {
                made[name] = Value(field!, name, ids);
            }
        }

        return made;
    }

    /// <summary>Mostly of the thing the parameter is about; sometimes of another, or of nothing.</summary>
    private string Id(string name, string path, IReadOnlyDictionary<string, List<string>> ids)
    {
        var kind = name switch
        {
            "relationship_id" => "relationship",
            "project_id" => "project",
            "id" when path.StartsWith("/projects", StringComparison.Ordinal) => "project",
            _ => "task",
        };
        return ids[kind] is { Count: > 0 } known && Often() ? Pick(known) : Guid.CreateVersion7().ToString();
    }

    // A lone surrogate is no text: what Uri and JSON would make of it is not for us to test.
    private static string Utf8(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private int Below(int bound) => (int)_random.Next((uint)bound);

    private bool Often() => Below(5) > 0;

    private bool Sometimes() => Below(2) == 0;

    private T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];
}
