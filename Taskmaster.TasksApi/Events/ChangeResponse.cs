using Taskmaster.TasksApi.Authentication;

namespace Taskmaster.TasksApi.Events;

/// <summary>One line of a task's history.</summary>
internal sealed record ChangeResponse(ChangeKind Kind, DateTime At, Via? Via = null)
{
    public static ChangeResponse Of(Change change) => new(change.Kind, TimeOf(change), change.Via);

    /// <summary>In whole milliseconds as every time of an answer; Postgres's clock has more.</summary>
    public static DateTime TimeOf(Change change) => change.At.AddTicks(-(change.At.Ticks % TimeSpan.TicksPerMillisecond));
}
