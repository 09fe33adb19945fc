using Taskmaster.Web.Api;

namespace Taskmaster.Web.Pages.Tasks;

/// <summary>A task on the board, and where it can go by a button; a script lets it go anywhere.</summary>
/// <param name="Task">The task.</param>
/// <param name="Project">The name of its project; null where all cards are of one.</param>
/// <param name="Here">The board's address.</param>
internal sealed record BoardCard(TaskItem Task, string? Project, string Here)
{
    /// <summary>What a script fills in for a task that comes later.</summary>
    public static BoardCard Empty(string here) =>
        new(new(Guid.Empty, "", "", TaskItemStatus.Triage, null, default, default), "", here);

    public string? Previous => StatusAt(-1);

    public string? Next => StatusAt(1);

    private string? StatusAt(int distance)
    {
        var place = TaskItemStatus.All.Index().FirstOrDefault(status => status.Item == Task.Status).Index + distance;
        return place >= 0 && place < TaskItemStatus.All.Count ? TaskItemStatus.All[place] : null;
    }
}
