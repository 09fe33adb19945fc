using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ModelContextProtocol.Server;
using Taskmaster.Mcp.Api;
using Taskmaster.Mcp.Authentication;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.Mcp.Tools;

/// <summary>What an agent can do with tasks. The names of parameters are those that it sends.</summary>
[McpServerToolType]
internal sealed class TaskTools(TasksClient api)
{
    private const string TaskId = "Id of the task, a UUID as list_tasks or search_tasks gives it";
    private const string Version = "The version that get_task, create_task or update_task gave: nothing is done, and you are told, if somebody "
        + "changed the task since. Without it the task is changed whatever it is by now.";

    [McpServerTool(Name = "list_tasks", Title = "List tasks", ReadOnly = true, OpenWorld = false, UseStructuredContent = true)]
    [RequiresScope(TaskmasterScopes.TasksRead)]
    [Description("Lists the user's tasks, the last changed first. To find tasks by words use search_tasks.")]
    public async Task<TaskPage> ListTasksAsync(
        [Description("Only tasks of this project")] Guid? project_id = null,
        [Description("Only tasks of this status")] TaskItemStatus? status = null,
        [Description("true: only tasks that are neither done nor canceled; false: only those that are")] bool? open = null,
        [Description("Only what was changed at this time or later, ISO 8601")] DateTimeOffset? updated_since = null,
        [Description("How many at most"), Range(1, TaskPage.Most)] int limit = TaskPage.Usual,
        [Description("next_cursor of the answer before, to go on from there, with the same filters")] string? cursor = null,
        CancellationToken cancellationToken = default) =>
        TaskPage.Of(await api.ListTasksAsync(
            new()
            {
                ProjectId = project_id,
                Status = status,
                Open = open,
                UpdatedSince = updated_since,
                Sort = "-updated_at",
                Limit = limit,
                Cursor = cursor,
            },
            cancellationToken));

    [McpServerTool(Name = "search_tasks", Title = "Search tasks", ReadOnly = true, OpenWorld = false, UseStructuredContent = true)]
    [RequiresScope(TaskmasterScopes.TasksRead)]
    [Description("Finds the user's tasks whose title or description has all of these words, the last changed first.")]
    public async Task<TaskPage> SearchTasksAsync(
        [Description("The words"), StringLength(200, MinimumLength = 1)] string words,
        [Description("true: only tasks that are neither done nor canceled; false: only those that are")] bool? open = null,
        [Description("How many at most"), Range(1, TaskPage.Most)] int limit = TaskPage.Usual,
        [Description("next_cursor of the answer before, to go on from there, with the same words")] string? cursor = null,
        CancellationToken cancellationToken = default) =>
        TaskPage.Of(await api.ListTasksAsync(
            new() { Words = words, Open = open, Sort = "-updated_at", Limit = limit, Cursor = cursor }, cancellationToken));

    [McpServerTool(Name = "get_task", Title = "Get a task", ReadOnly = true, OpenWorld = false, UseStructuredContent = true)]
    [RequiresScope(TaskmasterScopes.TasksRead)]
    [Description("One task as it is now, with its version and the tasks that it is related to, both ways.")]
    public async Task<TaskDetails> GetTaskAsync(
        [Description(TaskId)] Guid task_id, CancellationToken cancellationToken = default)
    {
        var task = await api.GetTaskAsync(task_id, cancellationToken);
        return new(task.Value, task.Version, await api.ListRelatedAsync(task_id, cancellationToken));
    }

    [McpServerTool(
        Name = "create_task", Title = "Create a task", Destructive = false, OpenWorld = false, UseStructuredContent = true)]
    [RequiresScope(TaskmasterScopes.TasksWrite)]
    [Description("Makes a task in one of the user's projects. list_projects gives the projects; create_project makes one if there is none "
        + "that fits.")]
    public async Task<TaskState> CreateTaskAsync(
        [Description("What is to be done, in a line"), StringLength(255, MinimumLength = 1)] string title,
        [Description("What it is about"), StringLength(500, MinimumLength = 1)] string description,
        [Description("Id of the project it belongs to, a UUID as list_projects gives it")] Guid project_id,
        [Description("How far it is")] TaskItemStatus status = TaskItemStatus.Todo,
        CancellationToken cancellationToken = default) =>
        TaskState.Of(await api.CreateTaskAsync(new(title, description, status, project_id), cancellationToken));

    [McpServerTool(
        Name = "update_task", Title = "Update a task", Destructive = true, Idempotent = true, OpenWorld = false,
        UseStructuredContent = true)]
    [RequiresScope(TaskmasterScopes.TasksWrite)]
    [Description("Changes the fields that are given; the others stay as they are.")]
    public async Task<TaskState> UpdateTaskAsync(
        [Description(TaskId)] Guid task_id,
        [Description("What is to be done, in a line"), StringLength(255, MinimumLength = 1)] string? title = null,
        [Description("What it is about"), StringLength(500, MinimumLength = 1)] string? description = null,
        [Description("How far it is")] TaskItemStatus? status = null,
        [Description("Id of the project to move it to")] Guid? project_id = null,
        [Description(Version)] string? version = null,
        CancellationToken cancellationToken = default) =>
        TaskState.Of(await api.ChangeTaskAsync(task_id, new(title, description, status, project_id), version, cancellationToken));

    [McpServerTool(
        Name = "complete_task", Title = "Complete a task", Destructive = false, Idempotent = true, OpenWorld = false,
        UseStructuredContent = true)]
    [RequiresScope(TaskmasterScopes.TasksWrite)]
    [Description("Says that a task is done. The same as update_task with the status done.")]
    public async Task<TaskState> CompleteTaskAsync(
        [Description(TaskId)] Guid task_id,
        [Description(Version)] string? version = null,
        CancellationToken cancellationToken = default) =>
        TaskState.Of(await api.ChangeTaskAsync(task_id, new(null, null, TaskItemStatus.Done, null), version, cancellationToken));

    [McpServerTool(
        Name = "delete_task", Title = "Delete a task", Destructive = true, Idempotent = false, OpenWorld = false,
        UseStructuredContent = true)]
    [RequiresScope(TaskmasterScopes.TasksWrite)]
    [Description("Deletes a task and its relationships. restore_task brings it back within a day.")]
    public async Task<DeletedTask> DeleteTaskAsync(
        [Description(TaskId)] Guid task_id,
        [Description(Version)] string? version = null,
        CancellationToken cancellationToken = default)
    {
        await api.DeleteTaskAsync(task_id, version, cancellationToken);
        return new(task_id);
    }

    [McpServerTool(
        Name = "restore_task", Title = "Bring back a deleted task", Destructive = false, Idempotent = true, OpenWorld = false,
        UseStructuredContent = true)]
    [RequiresScope(TaskmasterScopes.TasksWrite)]
    [Description("Brings back a task that was deleted within the last day, as it was.")]
    public async Task<TaskState> RestoreTaskAsync(
        [Description("Id of the deleted task")] Guid task_id, CancellationToken cancellationToken = default) =>
        TaskState.Of(await api.RestoreTaskAsync(task_id, cancellationToken));

    [McpServerTool(
        Name = "relate_tasks", Title = "Relate two tasks", Destructive = false, OpenWorld = false, UseStructuredContent = true)]
    [RequiresScope(TaskmasterScopes.TasksWrite)]
    [Description("Says how one task relates to another: it blocks it, relates to it, or duplicates it. There is at most one relationship "
        + "from one task to another.")]
    public Task<Relationship> RelateTasksAsync(
        [Description("Id of the task that has the relationship")] Guid task_id,
        [Description("Id of the other task")] Guid target_task_id,
        [Description("What the first is to the other")] RelationshipType type,
        CancellationToken cancellationToken = default) => api.RelateAsync(task_id, target_task_id, type, cancellationToken);
}
