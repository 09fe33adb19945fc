namespace Taskmaster.Web.Api;

/// <summary>A page of a list, and the cursor to the one behind it; null at the end.</summary>
internal sealed record ListPage<T>(IReadOnlyList<T> Items, string? Next);
