namespace Taskmaster.TasksApi.Tasks;

/// <summary>How many tasks a project has, by how far they are: open is what is neither done nor canceled.</summary>
internal sealed record ProjectProgress(Guid ProjectId, int Open, int Done, int Canceled);
