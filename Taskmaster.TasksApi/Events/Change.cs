using Taskmaster.TasksApi.Authentication;

namespace Taskmaster.TasksApi.Events;

/// <summary>
/// That a task or project was created, updated or deleted. A trigger writes it in the transaction that did so, whatever
/// the statement, cascades included; the application only reads.
/// </summary>
internal sealed class Change
{
    /// <summary>How long changes are kept, and with them the right to resume.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(7);

    /// <summary>
    /// The transaction. Unlike the sequence it tells what may still be on its way: everything from the oldest unfinished one on.
    /// </summary>
    public ulong Xid { get; private set; }

    public long Seq { get; private set; }

    public Guid OwnerId { get; private set; }

    public ChangeSubject Subject { get; private set; }

    public Guid SubjectId { get; private set; }

    public ChangeKind Kind { get; private set; }

    public DateTime At { get; private set; }

    /// <summary>Null for what was written past the API, and for what is older than this column.</summary>
    public Via? Via { get; private set; }
}
