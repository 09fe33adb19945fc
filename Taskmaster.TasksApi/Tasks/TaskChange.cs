namespace Taskmaster.TasksApi.Tasks;

/// <summary>What came of a change.</summary>
/// <param name="Outcome">Whether it was made.</param>
/// <param name="Task">The task as it is now; null unless it was.</param>
internal readonly record struct TaskChange(TaskChangeOutcome Outcome, TaskResponse? Task = null);

internal enum TaskChangeOutcome
{
    /// <summary>It was made.</summary>
    Made,

    /// <summary>The owner has no such task.</summary>
    NotFound,

    /// <summary>The conditions do not hold for the task as it is.</summary>
    PreconditionFailed,

    /// <summary>The owner has no such project.</summary>
    UnknownProject,
}
