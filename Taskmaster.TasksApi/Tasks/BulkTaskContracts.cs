using Taskmaster.TasksApi.Requests;

namespace Taskmaster.TasksApi.Tasks;

internal sealed record NewTasks(IReadOnlyList<NewTask> Tasks) : IRequestBody<NewTasks>
{
    public const int Most = 100;

    public static NewTasks Read(IBodyFields fields) => new(fields.Items("tasks", Most, NewTask.Read));
}

/// <summary>The changes of one task among several.</summary>
internal sealed record ChangedTask(Guid Id, TaskChanges Changes);

internal sealed record ChangedTasks(IReadOnlyList<ChangedTask> Tasks) : IRequestBody<ChangedTasks>
{
    public static ChangedTasks Read(IBodyFields fields)
    {
        var ids = new HashSet<Guid>();
        return new(fields.Items("tasks", NewTasks.Most, item =>
        {
            var id = item.Id("id");
            return new ChangedTask(ids.Add(id) ? id : item.Wrong("id", "id must not be there twice", id), TaskChanges.Read(item));
        }));
    }
}
