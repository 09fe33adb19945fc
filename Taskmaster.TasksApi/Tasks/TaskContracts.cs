using System.Linq.Expressions;
using System.Text.Json.Serialization;
using Taskmaster.TasksApi.Answers;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Requests;
using Taskmaster.TasksApi.Versions;

namespace Taskmaster.TasksApi.Tasks;

internal sealed record TaskResponse(
    [property: Field("Its UUID, made by us", ExampleValues.TaskId)] Guid Id,
    [property: Field("What is to be done, in a line", "Complete project documentation", MaxLength = TaskItem.TitleMaxLength)]
    string Title,
    [property: Field(
        "What it is about", "Write comprehensive API documentation including examples", MaxLength = TaskItem.DescriptionMaxLength)]
    string Description,
    [property: Field("Id of the user it belongs to", ExampleValues.UserId)] Guid CreatedBy,
    [property: Field("Id of the project that the task belongs to", ExampleValues.ProjectId)] Guid ProjectId,
    [property: Field("How far the task is", "todo")] TaskItemStatus Status,
    [property: Field("When it was created, UTC", ExampleValues.CreatedAt)] DateTime CreatedAt,
    [property: Field("When it was last changed, UTC", ExampleValues.UpdatedAt)] DateTime UpdatedAt,
    [property: JsonIgnore] int Version) : IVersioned
{
    public static Expression<Func<TaskItem, TaskResponse>> Projection { get; } = task => new TaskResponse(
        task.Id, task.Title, task.Description, task.OwnerId, task.ProjectId, task.Status, task.CreatedAt, task.UpdatedAt, task.Version);

    private static readonly Func<TaskItem, TaskResponse> OfStored = Projection.Compile();

    public static TaskResponse Of(TaskItem task) => OfStored(task);
}

internal sealed record NewTask(string Title, string Description, Guid ProjectId, TaskItemStatus Status) : IRequestBody<NewTask>
{
    public static NewTask Read(IBodyFields fields) => new(
        fields.Name("title", TaskItem.TitleMaxLength),
        fields.Text("description", TaskItem.DescriptionMaxLength),
        fields.Id("project_id"),
        fields.OptionalChoice<TaskItemStatus>("status", TaskChanges.StatusMessage) ?? TaskItemStatus.Todo);

    public TaskItem Of(Caller caller, Via? via, TimeProvider clock, Guid? id = null) =>
        TaskItem.Create(caller.Owner, this, via, clock, id);
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
