using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Projects;
using Taskmaster.TasksApi.Tasks;

namespace Taskmaster.TasksApi.Events;

/// <summary>What changed after a position, in its order, up to a bound.</summary>
/// <param name="Changes">Each as its event is.</param>
/// <param name="Next">The position after the last of them: where to go on.</param>
/// <param name="More">There may be more: go on at once.</param>
/// <param name="Reset">Changes may have been missed: whoever keeps a copy must list anew.</param>
internal sealed record ChangePage(IReadOnlyList<ChangedItem> Changes, string Next, bool More, bool Reset)
{
    public static ChangePage Empty(ChangePosition next, bool reset) => new([], next.ToString(), More: false, reset);

    public static ChangePage Of(ChangeBatch batch, ChangePosition after)
    {
        var next = batch.Changes is [.., var last]
            ? new ChangePosition(batch.ReadAt, last.Xid, last.Seq)
            : after with { ReadAt = batch.ReadAt };
        return new([.. batch.Changes.Select(batch.ItemOf).OfType<ChangedItem>()], next.ToString(), batch.IsFull, Reset: false);
    }
}

/// <summary>The data of an event, and its name.</summary>
internal sealed record ChangedItem(string Event, Guid Id, TaskResponse? Task = null, ProjectResponse? Project = null, Via? Via = null);
