namespace Taskmaster.Mcp.Api;

/// <summary>The fields of a change: what is null stays as it is and is not sent.</summary>
internal sealed record TaskChange(string? Title, string? Description, TaskItemStatus? Status, Guid? ProjectId);
