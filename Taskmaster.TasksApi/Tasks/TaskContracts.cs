using System.Linq.Expressions;
using System.Text.Json.Serialization;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Requests;
using Taskmaster.TasksApi.Versions;

namespace Taskmaster.TasksApi.Tasks;

internal sealed record TaskResponse(
    Guid Id, string Title, string Description, Guid CreatedBy, Guid ProjectId, TaskItemStatus Status, DateTime CreatedAt,
    DateTime UpdatedAt,
    [property: JsonIgnore] int Version) : IVersioned
{
    public static Expression<Func<TaskItem, TaskResponse>> Projection { get; } = task => new TaskResponse(
        task.Id, task.Title, task.Description, task.OwnerId, task.ProjectId, task.Status, task.CreatedAt, task.UpdatedAt, task.Version);

    public static TaskResponse Of(TaskItem task) => new(
        task.Id, task.Title, task.Description, task.OwnerId, task.ProjectId, task.Status, task.CreatedAt, task.UpdatedAt, task.Version);
}

internal sealed record NewTask(string Title, string Description, Guid ProjectId, TaskItemStatus Status) : IRequestBody<NewTask>
{
    public static NewTask Read(IBodyFields fields) => new(
        fields.Name("title", TaskItem.TitleMaxLength),
        fields.Text("description", TaskItem.DescriptionMaxLength),
        fields.Id("project_id"),
        fields.OptionalChoice<TaskItemStatus>("status", TaskChanges.StatusMessage) ?? TaskItemStatus.Todo);

    public TaskItem Of(Caller caller, TimeProvider clock, Guid? id = null) =>
        TaskItem.Create(caller.Owner, ProjectId, Title, Description, Status, clock, id);
}

internal sealed record TaskChanges(string? Title, string? Description, TaskItemStatus? Status, Guid? ProjectId) : IRequestBody<TaskChanges>
{
    public const string ProjectMessage = "project_id must be the ID of one of your projects";
    public const string StatusMessage = "Invalid enum value. Expected backlog | triage | todo | in_progress | done | canceled";

    public static TaskChanges Read(IBodyFields fields)
    {
        fields.RequireAny("title", "description", "status", "project_id");
        return new(
            fields.OptionalName("title", TaskItem.TitleMaxLength),
            fields.OptionalText("description", TaskItem.DescriptionMaxLength),
            fields.OptionalChoice<TaskItemStatus>("status", StatusMessage),
            fields.OptionalId("project_id"));
    }
}
