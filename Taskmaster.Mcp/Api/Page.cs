namespace Taskmaster.Mcp.Api;

/// <summary>A part of a list, and the cursor to the next; null after the last.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);
