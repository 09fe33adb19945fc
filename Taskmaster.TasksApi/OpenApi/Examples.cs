using System.Text.Json.Nodes;
using Taskmaster.TasksApi.Answers;

namespace Taskmaster.TasksApi.OpenApi;

/// <summary>
/// The examples of the description, by the name of their schema: those of requests, and of resources what their fields say.
/// </summary>
internal static class Examples
{
    /// <summary>A task was deleted.</summary>
    public const string Stream = $$"""event: task.deleted{{"\n"}}data: {"id":"{{ExampleValues.TaskId}}"}{{"\n\n"}}""";

    private const string Via = $$"""{ "kind": "application", "client_id": "{{ExampleValues.ClientId}}" }""";

    private static readonly Dictionary<string, string> Json = new()
    {
        ["NewTask"] =
            $$"""{ "title": "Write comprehensive tests", "description": "Add test coverage for all endpoints", "project_id": "{{ExampleValues.ProjectId}}", "status": "todo" }""",
        ["TaskChanges"] = """{ "status": "in_progress" }""",
        ["NewTasks"] =
            $$"""{ "tasks": [{ "title": "Write comprehensive tests", "description": "Add test coverage for all endpoints", "project_id": "{{ExampleValues.ProjectId}}" }] }""",
        ["ChangedTasks"] = $$"""{ "tasks": [{ "id": "{{ExampleValues.TaskId}}", "status": "done" }] }""",
        ["NewSavedView"] = """{ "label": "Website, in progress", "query": "status=in_progress&q=website" }""",
        ["NewRelationship"] = $$"""{ "target_task_id": "{{ExampleValues.OtherTaskId}}", "type": "blocks" }""",
        ["RelationshipChanges"] = """{ "relationship_type": "relates_to" }""",
        ["NewProject"] = """{ "name": "Mobile App Development", "description": "Build a cross-platform mobile application" }""",
        ["ProjectChanges"] = """{ "name": "Website Relaunch" }""",
        ["ProjectProgress"] = $$"""{ "project_id": "{{ExampleValues.ProjectId}}", "open": 3, "in_progress": 1, "done": 5, "canceled": 1 }""",
        ["ChangePage"] =
            $$"""{ "changes": [{ "event": "task.deleted", "id": "{{ExampleValues.TaskId}}", "via": {{Via}} }], "next": "1767225600000-4711-42", "more": false, "reset": false }""",
        ["TaskChange"] = $$"""{ "kind": "updated", "at": "{{ExampleValues.UpdatedAt}}", "via": {{Via}} }""",
        ["LoggedChange"] = $$"""{ "subject": "task", "id": "{{ExampleValues.TaskId}}", "kind": "updated", "at": "{{ExampleValues.UpdatedAt}}", "title": "Complete project documentation", "via": {{Via}} }""",
    };

    /// <summary>A new node each time: a node has one parent.</summary>
    public static JsonNode? Of(string schema) => ResourceFields.Has(schema)
        ? ResourceFields.ExampleOf(schema)
        : schema == "RelatedTask" ? RelatedTask()
        : Json.TryGetValue(schema, out var json) ? JsonNode.Parse(json) : null;

    private static JsonObject RelatedTask() => new()
    {
        ["relationship_id"] = ExampleValues.RelationshipId,
        ["relationship_type"] = "blocks",
        ["direction"] = "outgoing",
        ["task"] = ResourceFields.ExampleOf("Task"),
    };
}
