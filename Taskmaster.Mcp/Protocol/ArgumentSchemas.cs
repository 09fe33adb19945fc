using System.Collections.Concurrent;
using System.Text.Json;
using Json.Schema;
using ModelContextProtocol.Protocol;

namespace Taskmaster.Mcp.Protocol;

/// <summary>Checks the arguments of tools against the input schemas that are listed with them.</summary>
internal sealed class ArgumentSchemas
{
    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    private readonly ConcurrentDictionary<string, JsonSchema> _schemas = new(StringComparer.Ordinal);

    /// <returns>A sentence for each thing that is wrong, with the argument's name; none if nothing is.</returns>
    public IReadOnlyList<string> ErrorsOf(Tool tool, IDictionary<string, JsonElement>? arguments)
    {
        var schema = _schemas.GetOrAdd(tool.Name, static (_, input) => JsonSchema.FromText(input), tool.InputSchema.GetRawText());
        var result = schema.Evaluate(JsonSerializer.SerializeToElement(arguments ?? new Dictionary<string, JsonElement>()), Options);
        return result.IsValid
            ? []
            : [.. result.Details!
                .Where(detail => detail.Errors is { Count: > 0 })
                .SelectMany(detail => detail.Errors!.Select(error => Sentence(detail.InstanceLocation.ToString(), error.Key, error.Value)))
                .Distinct()];
    }

    private static string Sentence(string location, string keyword, string error) =>
        $"{(location.Length > 1 ? location[1..].Replace('/', '.') : "arguments")}: {(
            keyword.Length == 0 ? "There is no such argument" : error.TrimEnd('.'))}.";
}
