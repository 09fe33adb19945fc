using System.ComponentModel;

namespace Taskmaster.Mcp.Api;

internal sealed record Relationship(
    [property: Description("Id of the relationship")] Guid Id,
    [property: Description("Id of the task that has it")] Guid TaskId,
    [property: Description("Id of the task that it is to")] Guid RelatesToTaskId,
    [property: Description("What the task is to the other")] RelationshipType RelationshipType);
