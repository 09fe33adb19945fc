using Microsoft.OpenApi;

namespace Taskmaster.TasksApi.OpenApi;

/// <summary>What the fields of bodies and answers mean, by their names: one name means one thing everywhere.</summary>
internal static class FieldTexts
{
    private static readonly Dictionary<string, string> Of = WithResources(new()
    {
        ["tasks"] = "Up to 100 tasks: all are done, or none",
        ["unchanged_since"] = "The task's `updated_at` as you know it: if it was changed since, none of the tasks is changed",
        ["target_task_id"] = "Id of the task it is to relate to",
        ["type"] = "What the task is to the other",
        ["relationship_id"] = "Id of the relationship",
        ["direction"] = "Which of the two has the relationship: `outgoing`, the task that was asked about; `incoming`, the other",
        ["task"] = "The task as it is now; of a relationship the other one, of a deletion none",
        ["project"] = "The project as it is now; of a deletion none",
        ["event"] = "What changed and how, as the stream of events calls it",
        ["changes"] = "Up to 100 changes, in their order",
        ["next"] = "The position to go on after",
        ["more"] = "There may be more: go on at once",
        ["reset"] = "Changes may have been missed: list anew what you keep",
        ["open"] = "Tasks that are neither done nor canceled",
        ["in_progress"] = "Tasks that are in progress, which are open as well",
        ["done"] = "Tasks that are done",
        ["canceled"] = "Tasks that were canceled",
        ["kind"] = "What became of it; `created` after `deleted`: it was brought back",
        ["subject"] = "What it became of",
        ["via"] = "What acted for you; not there for changes from before 30 November 2026",
        ["client_id"] = "Id of the application, or of the API key",
        ["at"] = "When, UTC",
        ["message"] = "What is wrong, for people",
        ["errors"] = "What is wrong with each field or parameter, by its name",
        ["error"] = "An error code of RFC 6750 §3.1, or `missing_token`, `invalid_api_key`",
        ["error_description"] = "What is wrong, for people",
    });

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

    private static Dictionary<string, string> WithResources(Dictionary<string, string> texts)
    {
        foreach (var (name, field) in ResourceFields.All)
        {
            if (!texts.TryAdd(name, field.Text) && texts[name] != field.Text)
            {
                throw new InvalidOperationException($"The field {name} has two meanings: '{texts[name]}', '{field.Text}'.");
            }
        }

        return texts;
    }
}
