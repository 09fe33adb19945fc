using System.Linq.Expressions;
using System.Text.Json.Serialization;
using Taskmaster.TasksApi.Answers;
using Taskmaster.TasksApi.Requests;
using Taskmaster.TasksApi.Versions;

namespace Taskmaster.TasksApi.Relationships;

internal sealed record RelationshipResponse(
    [property: Field("Its UUID, made by us", ExampleValues.RelationshipId)] Guid Id,
    [property: Field("Id of the task that has the relationship", ExampleValues.TaskId)] Guid TaskId,
    [property: Field("Id of the task it relates to", ExampleValues.OtherTaskId)] Guid RelatesToTaskId,
    [property: Field("What the task is to the other", "blocks")] RelationshipType RelationshipType,
    [property: Field("Id of the user it belongs to", ExampleValues.UserId)] Guid CreatedBy,
    [property: Field("When it was created, UTC", ExampleValues.CreatedAt)] DateTime CreatedAt,
    [property: Field("When it was last changed, UTC", ExampleValues.UpdatedAt)] DateTime UpdatedAt,
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
