namespace Taskmaster.TasksApi.Tasks;

/// <summary>
/// How many tasks a project has, by how far they are: open is what is neither done nor canceled, and in progress a part of it.
/// </summary>
internal sealed record ProjectProgress(Guid ProjectId, int Open, int InProgress, int Done, int Canceled);
