using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Projects;
using Taskmaster.TasksApi.Tasks;

namespace Taskmaster.TasksApi.Events;

/// <summary>Some changes in their order, and what changed as it is now.</summary>
internal sealed record ChangeBatch(
    DateTimeOffset ReadAt,
    IReadOnlyList<Change> Changes,
    IReadOnlyDictionary<Guid, TaskResponse> Tasks,
    IReadOnlyDictionary<Guid, ProjectResponse> Projects)
{
    public const int Most = 100;

    /// <summary>There may be more.</summary>
    public bool IsFull => Changes.Count == Most;

    /// <summary>Null for what has been deleted since: that will be told in its turn.</summary>
    public ChangeEvent? EventOf(Change change) => change switch
    {
        { Kind: ChangeKind.Deleted } => new(change.SubjectId, Via: change.Via),
        { Subject: ChangeSubject.Task } =>
            Tasks.TryGetValue(change.SubjectId, out var task) ? new(task.Id, Task: task, Via: change.Via) : null,
        _ => Projects.TryGetValue(change.SubjectId, out var project) ? new(project.Id, Project: project, Via: change.Via) : null,
    };

    /// <inheritdoc cref="EventOf"/>
    public ChangedItem? ItemOf(Change change) =>
        EventOf(change) is { } data ? new(NameOf(change), change.SubjectId, data.Task, data.Project, data.Via) : null;

    /// <summary><c>task.updated</c>: what changed, and how.</summary>
    public static string NameOf(Change change) =>
        $"{WireName<ChangeSubject>.Of(change.Subject)}.{WireName<ChangeKind>.Of(change.Kind)}";
}
