using System.ComponentModel;

namespace Taskmaster.Mcp.Api;

internal sealed record ChangePage(
    [property: Description("What changed, in its order, at most 100")] IReadOnlyList<Change> Changes,
    [property: Description("Where to go on: after of the next call")] string Next,
    [property: Description("There may be more: call again at once, with next as after")] bool More,
    [property: Description("Changes may have been missed: list anew what you remember")] bool Reset);

internal sealed record Change(
    [property: Description("What changed and how, such as task.updated or project.deleted")] string Event,
    [property: Description("Id of the task or project")] Guid Id,
    [property: Description("The task as it is now; null for a project and for a deletion")] TaskItem? Task,
    [property: Description("The project as it is now; null for a task and for a deletion")] Project? Project,
    [property: Description("What acted for the user; null where nothing is known")] Via? Via);
