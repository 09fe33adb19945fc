using Taskmaster.TasksApi.Requests;

namespace Taskmaster.TasksApi.Tasks;

internal sealed record NewTasks(IReadOnlyList<NewTask> Tasks) : IRequestBody<NewTasks>
{
    public const int Most = 100;

    public static NewTasks Read(IBodyFields fields) => new(fields.Items("tasks", Most, NewTask.Read));
}

/// <summary>
/// The changes of one task among several. <see cref="UnchangedSince"/> is its condition: one request has many tasks and one
/// <c>If-Match</c>.
/// </summary>
internal sealed record ChangedTask(Guid Id, DateTime? UnchangedSince, TaskChanges Changes)
{
    /// <summary>A task's time is never the same twice, so that it names one state of it.</summary>
    public bool IsOvertaken(TaskItem task) => UnchangedSince is { } seen && seen != task.UpdatedAt;
}

internal sealed record ChangedTasks(IReadOnlyList<ChangedTask> Tasks) : IRequestBody<ChangedTasks>
{
    public static ChangedTasks Read(IBodyFields fields)
    {
        var ids = new HashSet<Guid>();
        return new(fields.Items("tasks", NewTasks.Most, item =>
        {
            var id = item.Id("id");
            return new ChangedTask(
                ids.Add(id) ? id : item.Wrong("id", "id must not be there twice", id),
                item.OptionalTime("unchanged_since"),
                TaskChanges.Read(item));
        }));
    }
}
