namespace Taskmaster.Web.Api;

internal sealed record Project(Guid Id, string Name, string Description, DateTimeOffset CreatedAt);

internal sealed record ProjectFields(string? Name, string? Description);

internal sealed record TaskItem(
    Guid Id, string Title, string Description, string Status, Guid? ProjectId, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>What a task is made of; on an update, what is null stays as it is.</summary>
internal sealed record TaskFields(
    string? Title = null, string? Description = null, string? Status = null, Guid? ProjectId = null);
