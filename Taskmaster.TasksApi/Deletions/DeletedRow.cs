namespace Taskmaster.TasksApi.Deletions;

/// <summary>
/// A task that was deleted, or a relationship that went with it, as its row was. Triggers write it in the transaction of the deletion,
/// whatever the statement; the application only puts it back. What a project takes with it is not kept.
/// </summary>
internal sealed class DeletedRow
{
    public const string Task = "task";
    public const string Relationship = "relationship";

    /// <summary>How long a task can be brought back; after that nothing of it is left.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(1);

    public Guid OwnerId { get; private set; }

    public string Kind { get; private set; } = "";

    public Guid Id { get; private set; }

    public string Content { get; private set; } = "";

    public DateTime DeletedAt { get; private set; }
}
