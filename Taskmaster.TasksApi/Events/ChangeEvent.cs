using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Projects;
using Taskmaster.TasksApi.Tasks;

namespace Taskmaster.TasksApi.Events;

/// <summary>
/// The data of an event: what changed, as it is now, and what acted for the user. After a deletion only the id is left of it; a heartbeat
/// has nothing.
/// </summary>
internal sealed record ChangeEvent(
    Guid? Id = null, TaskResponse? Task = null, ProjectResponse? Project = null, Via? Via = null);
