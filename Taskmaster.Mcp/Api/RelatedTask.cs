using System.ComponentModel;

namespace Taskmaster.Mcp.Api;

internal sealed record RelatedTask(
    [property: Description("Id of the relationship")] Guid RelationshipId,
    [property: Description("How the tasks relate")] RelationshipType RelationshipType,
    [property: Description("outgoing: the task that was asked for has the relationship; incoming: the other one")] string Direction,
    [property: Description("The other task")] TaskItem Task);
