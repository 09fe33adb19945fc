using System.Text.Json.Nodes;
using Taskmaster.TasksApi.Answers;

namespace Taskmaster.TasksApi.OpenApi;

/// <summary>
/// The description as the reference page shows it. The page fills requests in with the examples it is given and has one way
/// to sign in: examples that are somebody else's, and what its own client cannot do, stay out.
/// </summary>
internal static class ReferenceDocument
{
    private static readonly Dictionary<string, string> OwnTexts = new()
    {
        [ExampleValues.TaskId] = "the id of one of your tasks",
        [ExampleValues.OtherTaskId] = "the id of another task of yours",
        [ExampleValues.ProjectId] = "the id of one of your projects",
    };

    public static JsonNode Of(byte[] description)
    {
        var document = JsonNode.Parse(description)!;
        document["components"]!["securitySchemes"]![SecuritySchemes.OAuth]!["flows"]!.AsObject().Remove("clientCredentials");
        foreach (var operation in document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject())
            .Select(entry => entry.Value)
            .OfType<JsonObject>())
        {
            foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
            {
                // With an example a parameter is sent, wanted or not.
                parameter!.AsObject().Remove("example");
            }

            foreach (var content in operation["requestBody"]?["content"]?.AsObject().Select(entry => entry.Value!) ?? [])
            {
                content["example"] = Own(content["example"]);
            }
        }

        return document;
    }

    private static JsonNode? Own(JsonNode? example)
    {
        var text = example?.ToJsonString();
        foreach (var (id, words) in OwnTexts)
        {
            text = text?.Replace(id, words, StringComparison.Ordinal);
        }

        return text is null ? null : JsonNode.Parse(text);
    }
}
