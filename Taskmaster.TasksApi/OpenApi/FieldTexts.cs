using Microsoft.OpenApi;

namespace Taskmaster.TasksApi.OpenApi;

/// <summary>What the fields of bodies and answers mean, by their names: one name means one thing everywhere.</summary>
internal static class FieldTexts
{
    private static readonly Dictionary<string, string> Of = new()
    {
        ["id"] = "Its UUID, made by us",
        ["title"] = "What is to be done, in a line",
        ["name"] = "What the project is called",
        ["description"] = "What it is about",
        ["created_by"] = "Id of the user it belongs to",
        ["project_id"] = "Id of the project that the task belongs to",
        ["status"] = "How far the task is",
        ["created_at"] = "When it was created, UTC",
        ["updated_at"] = "When it was last changed, UTC",
        ["tasks"] = "Up to 100 tasks: all are done, or none",
        ["task_id"] = "Id of the task that has the relationship",
        ["relates_to_task_id"] = "Id of the task it relates to",
        ["target_task_id"] = "Id of the task it is to relate to",
        ["relationship_type"] = "What the task is to the other",
        ["type"] = "What the task is to the other",
        ["message"] = "What is wrong, for people",
        ["errors"] = "What is wrong with each field or parameter, by its name",
        ["error"] = "An error code of RFC 6750 §3.1, or `missing_token`, `invalid_api_key`",
        ["error_description"] = "What is wrong, for people",
    };

    public static void Tell(OpenApiSchema schema)
    {
        foreach (var (name, field) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (field is OpenApiSchema own && Of.TryGetValue(name, out var text))
            {
                own.Description = text;
            }

            if (field is OpenApiSchema { Items: OpenApiSchema items })
            {
                Tell(items);
            }
        }
    }
}
