using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Versions;

namespace Taskmaster.TasksApi.Relationships;

/// <summary>
/// What one task does to another of the same owner: <see cref="TaskId"/> blocks, relates to or duplicates <see cref="RelatedTaskId"/>.
/// </summary>
internal sealed class TaskRelationship : IVersioned
{
    private TaskRelationship(Guid id, Guid ownerId, Guid taskId, Guid relatedTaskId, RelationshipType type, DateTime createdAt)
    {
        Id = id;
        OwnerId = ownerId;
        TaskId = taskId;
        RelatedTaskId = relatedTaskId;
        Type = type;
        CreatedAt = createdAt;
        UpdatedAt = createdAt;
        Version = 1;
    }

    public Guid Id { get; private set; }

    public Guid OwnerId { get; private set; }

    public Guid TaskId { get; private set; }

    public Guid RelatedTaskId { get; private set; }

    public RelationshipType Type { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime UpdatedAt { get; private set; }

    public int Version { get; private set; }

    public static TaskRelationship Create(Guid ownerId, Guid taskId, Guid relatedTaskId, RelationshipType type, TimeProvider clock)
    {
        var now = clock.Now();
        return new(Guid.CreateVersion7(now), ownerId, taskId, relatedTaskId, type, now);
    }

    public void ChangeType(RelationshipType type, TimeProvider clock)
    {
        Type = type;
        UpdatedAt = clock.Now();
        Version++;
    }
}
