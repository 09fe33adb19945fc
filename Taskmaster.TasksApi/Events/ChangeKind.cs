namespace Taskmaster.TasksApi.Events;

internal enum ChangeKind
{
    Created,
    Updated,
    Deleted,
}
