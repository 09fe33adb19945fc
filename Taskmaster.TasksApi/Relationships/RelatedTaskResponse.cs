using Taskmaster.TasksApi.Tasks;

namespace Taskmaster.TasksApi.Relationships;

/// <summary>A task that has a relationship with another, and which.</summary>
internal sealed record RelatedTaskResponse(
    Guid RelationshipId, RelationshipType RelationshipType, RelationshipDirection Direction, TaskResponse Task);
