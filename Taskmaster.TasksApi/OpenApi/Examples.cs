using System.Text.Json.Nodes;

namespace Taskmaster.TasksApi.OpenApi;

/// <summary>The examples of the description, by the name of their schema.</summary>
internal static class Examples
{
    public const string TaskId = "550e8400-e29b-41d4-a716-446655440000";
    public const string OtherTaskId = "660f9500-f39c-42e5-b827-557766551111";
    public const string ProjectId = "6ba7b810-9dad-41d1-80b4-00c04fd430c8";
    public const string RelationshipId = "780f9600-f39c-42e5-b827-557766551122";
    public const string UserId = "0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b";

    /// <summary>A task was deleted.</summary>
    public const string Stream = $$"""event: task.deleted{{"\n"}}data: {"id":"{{TaskId}}"}{{"\n\n"}}""";

    private const string CreatedAt = "2026-01-15T10:30:00Z";
    private const string UpdatedAt = "2026-01-15T14:45:00Z";

    private static readonly Dictionary<string, string> Json = new()
    {
        ["Task"] = $$"""
            {
              "id": "{{TaskId}}", "title": "Complete project documentation", "description": "Write comprehensive API documentation including examples",
              "created_by": "{{UserId}}", "project_id": "{{ProjectId}}", "status": "todo", "created_at": "{{CreatedAt}}", "updated_at": "{{UpdatedAt}}"
            }
            """,
        ["TaskRelationship"] = $$"""
            {
              "id": "{{RelationshipId}}", "task_id": "{{TaskId}}", "relates_to_task_id": "{{OtherTaskId}}", "relationship_type": "blocks",
              "created_by": "{{UserId}}", "created_at": "{{CreatedAt}}", "updated_at": "{{UpdatedAt}}"
            }
            """,
        ["Project"] = $$"""
            {
              "id": "{{ProjectId}}", "name": "Website Redesign", "description": "Complete redesign of the company website with modern UI/UX",
              "created_by": "{{UserId}}", "created_at": "{{CreatedAt}}", "updated_at": "{{UpdatedAt}}"
            }
            """,
        ["NewTask"] =
            $$"""{ "title": "Write comprehensive tests", "description": "Add test coverage for all endpoints", "project_id": "{{ProjectId}}", "status": "todo" }""",
        ["TaskChanges"] = """{ "status": "in_progress" }""",
        ["NewTasks"] =
            $$"""{ "tasks": [{ "title": "Write comprehensive tests", "description": "Add test coverage for all endpoints", "project_id": "{{ProjectId}}" }] }""",
        ["ChangedTasks"] = $$"""{ "tasks": [{ "id": "{{TaskId}}", "status": "done" }] }""",
        ["NewRelationship"] = $$"""{ "target_task_id": "{{OtherTaskId}}", "type": "blocks" }""",
        ["RelationshipChanges"] = """{ "relationship_type": "relates_to" }""",
        ["NewProject"] = """{ "name": "Mobile App Development", "description": "Build a cross-platform mobile application" }""",
        ["ProjectChanges"] = """{ "name": "Website Relaunch" }""",
    };

    /// <summary>Whether the schema is of a resource, and not of a request.</summary>
    public static bool IsAnswer(string schema) => schema is "Task" or "TaskRelationship" or "Project";

    /// <summary>A new node each time: a node has one parent.</summary>
    public static JsonNode? Of(string schema) => Json.TryGetValue(schema, out var json) ? JsonNode.Parse(json) : null;
}
