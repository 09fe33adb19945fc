using System.Linq.Expressions;
using System.Text.Json.Serialization;
using Taskmaster.TasksApi.Requests;
using Taskmaster.TasksApi.Versions;

namespace Taskmaster.TasksApi.Relationships;

internal sealed record RelationshipResponse(
    Guid Id, Guid TaskId, Guid RelatesToTaskId, RelationshipType RelationshipType, Guid CreatedBy, DateTime CreatedAt, DateTime UpdatedAt,
    [property: JsonIgnore] int Version) : IVersioned
{
    public static Expression<Func<TaskRelationship, RelationshipResponse>> Projection { get; } = relationship => new RelationshipResponse(
        relationship.Id, relationship.TaskId, relationship.RelatedTaskId, relationship.Type,
        relationship.OwnerId, relationship.CreatedAt, relationship.UpdatedAt, relationship.Version);

    public static RelationshipResponse Of(TaskRelationship relationship) => new(
        relationship.Id, relationship.TaskId, relationship.RelatedTaskId, relationship.Type,
        relationship.OwnerId, relationship.CreatedAt, relationship.UpdatedAt, relationship.Version);
}

internal sealed record NewRelationship(Guid TargetTaskId, RelationshipType Type) : IRequestBody<NewRelationship>
{
    public static NewRelationship Read(IBodyFields fields) => new(
        fields.Id("target_task_id"),
        fields.Choice<RelationshipType>("type", "type must be one of: blocks, relates_to, duplicates"));
}

internal sealed record RelationshipChanges(RelationshipType Type) : IRequestBody<RelationshipChanges>
{
    public const string TypeMessage = "relationship_type must be one of: blocks, relates_to, duplicates";

    public static RelationshipChanges Read(IBodyFields fields) => new(fields.Choice<RelationshipType>("relationship_type", TypeMessage));
}
