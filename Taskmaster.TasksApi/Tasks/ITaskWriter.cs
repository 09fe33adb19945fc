using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Versions;

namespace Taskmaster.TasksApi.Tasks;

/// <summary>Writes one task. A project that is not the owner's refuses the write, and nothing of it is left.</summary>
internal interface ITaskWriter
{
    /// <summary>False when there is no such project of the owner's.</summary>
    Task<bool> TryAddAsync(TaskItem task, CancellationToken cancellationToken);

    /// <summary>Makes the changes to the state that is there then, if the conditions hold for that state.</summary>
    Task<TaskChange> ChangeAsync(
        Caller caller, Guid id, TaskChanges changes, Via? via, Preconditions preconditions, CancellationToken cancellationToken);
}
