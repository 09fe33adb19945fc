using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Taskmaster.TasksApi.Answers;
using Taskmaster.TasksApi.Projects;
using Taskmaster.TasksApi.Relationships;
using Taskmaster.TasksApi.Tasks;
using Taskmaster.TasksApi.Views;

namespace Taskmaster.TasksApi.OpenApi;

/// <summary>The fields of the resources by their names on the wire, as their records declare them.</summary>
internal static class ResourceFields
{
    private static readonly Dictionary<string, IReadOnlyList<(string Name, FieldAttribute Field)>> Resources =
        new[] { typeof(TaskResponse), typeof(RelationshipResponse), typeof(ProjectResponse), typeof(SavedViewResponse) }
            .ToDictionary(SchemaNames.Of, FieldsOf);

    public static IEnumerable<(string Name, FieldAttribute Field)> All => Resources.Values.SelectMany(fields => fields);

    /// <summary>Whether the schema is of a resource, and not of a request.</summary>
    public static bool Has(string schema) => Resources.ContainsKey(schema);

    public static IReadOnlyList<(string Name, FieldAttribute Field)> Of(string schema) => Resources[schema];

    public static JsonObject ExampleOf(string schema) =>
        [.. Of(schema).Select(field => KeyValuePair.Create<string, JsonNode?>(field.Name, field.Field.Example))];

    private static IReadOnlyList<(string Name, FieldAttribute Field)> FieldsOf(Type resource) =>
    [
        .. resource.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetCustomAttribute<JsonIgnoreAttribute>() is null)
            .Select(property => (
                JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name),
                property.GetCustomAttribute<FieldAttribute>()
                    ?? throw new InvalidOperationException($"{resource.Name}.{property.Name} has no {nameof(FieldAttribute)}."))),
    ];
}
