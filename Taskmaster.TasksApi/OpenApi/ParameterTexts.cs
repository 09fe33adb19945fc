using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Taskmaster.TasksApi.Answers;
using Taskmaster.TasksApi.Lists;
using Taskmaster.TasksApi.Relationships;
using Taskmaster.TasksApi.Requests;
using Taskmaster.TasksApi.Tasks;

namespace Taskmaster.TasksApi.OpenApi;

/// <summary>What a parameter means, and its schema where the one of its .NET type says too little.</summary>
internal sealed record ParameterTexts(string Description, JsonNode? Example = null, Func<OpenApiDocument, IOpenApiSchema>? Schema = null)
{
    public static IReadOnlyDictionary<string, ParameterTexts> Of { get; } = new Dictionary<string, ParameterTexts>
    {
        ["id"] = new("Its UUID", ExampleValues.TaskId),
        ["task_id"] = new("The UUID of the task that has the relationship", ExampleValues.TaskId),
        ["relationship_id"] = new("The UUID of the relationship", ExampleValues.RelationshipId),
        ["project_id"] = new("Only tasks of this project", ExampleValues.ProjectId, _ => Uuid()),
        ["relationship_type"] = new("Only relationships of this type", "blocks", document => new OpenApiSchemaReference(
            SchemaNames.Of(typeof(RelationshipType)), document)),
        ["search"] = new("Only projects with this text in their name, in upper or lower case", "website", _ => Text()),
        ["user_id"] = new("Only projects of the user with this id", ExampleValues.UserId, _ => Text()),
        ["status"] = new(
            "Only tasks of this status", "todo", document => new OpenApiSchemaReference(SchemaNames.Of(typeof(TaskItemStatus)), document)),
        ["open"] = new("Only tasks that are neither done nor canceled; with `false` only those that are", true, _ =>
            new OpenApiSchema { Type = JsonSchemaType.Boolean }),
        ["updated_since"] = new("Only what was changed at this time or later", "2026-01-31T12:00:00Z", _ => new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Format = "date-time"
        }),
        ["q"] = new("Words to look for in titles or names and descriptions", "documentation", _ => new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            MaxLength = QueryFields.SearchMaxLength
        }),
        ["sort"] = new("The order: `created_at`, `updated_at`, `title` of tasks, `name` of projects; with `-` before it from the last to "
            + "the first", "-updated_at", _ => Text()),
        ["limit"] = new($"Items a page, {ListSize.Most} at most; more is taken for that. With a cursor and no limit 50", 20, _ =>
            new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1" }),
        ["last"] = new("Only the last change of each application and API key", true, _ =>
            new OpenApiSchema { Type = JsonSchemaType.Boolean }),
        ["Last-Event-ID"] = new("The id of the last event that was received", null, _ => Text()),
        ["after"] = new("The position to go on after: `next` of the answer before", null, _ => Text()),
        ["cursor"] = new("Where to go on: from the `Link` of the page before", null, _ => Text()),
    };

    /// <summary>Request headers of routes that give the status.</summary>
    public static IReadOnlyDictionary<int, (string Name, string Description)> Headers { get; } = new Dictionary<int, (string, string)>
    {
        [StatusCodes.Status304NotModified] =
            ("If-None-Match", "Entity tags of the states you have: 304 if it is in one of them (RFC 9110 §13.1.2)"),
        [StatusCodes.Status412PreconditionFailed] =
            ("If-Match", "Entity tag of the state you read: 412 if it has changed since (RFC 9110 §13.1.1)"),
        [StatusCodes.Status422UnprocessableEntity] = ("Idempotency-Key", "A name of your choice for this request: sent again within 24 "
            + "hours it is done once, and answered the same"),
    };

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    private static OpenApiSchema Uuid() => new() { Type = JsonSchemaType.String, Format = "uuid" };
}
