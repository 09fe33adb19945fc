namespace Taskmaster.TasksApi.Events;

internal enum ChangeSubject
{
    Task,
    Project,
}
