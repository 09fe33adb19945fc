using System.ComponentModel;
using Taskmaster.Mcp.Api;

namespace Taskmaster.Mcp.Tools;

internal sealed record TaskDetails(
    [property: Description("The task as it is now")] TaskItem Task,
    [property: Description("Names this state of it, for a change that is only to be made to this state")] string? Version,
    [property: Description("The tasks that it is related to, both ways")] IReadOnlyList<RelatedTask> Related);
