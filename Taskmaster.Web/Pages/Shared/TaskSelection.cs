using System.Globalization;
using Taskmaster.Web.Api;

namespace Taskmaster.Web.Pages.Shared;

/// <summary>
/// Tasks that were ticked in a list, each with what the list showed of it: what it is put back to by Undo, and the state in which a change
/// of it was meant.
/// </summary>
internal static class TaskSelection
{
    private const char Between = ',';
    private const char Within = ':';

    /// <summary>Of a row's box.</summary>
    public static string ValueOf(TaskItem task) => ValueOf(task.Id, task.Status, task.ProjectId, task.State);

    /// <summary>The selected as they are to be; what is null stays.</summary>
    public static IReadOnlyList<TaskChange> Changed(IEnumerable<string> selected, string? status, Guid? project) =>
        [.. Read(selected).Select(shown => shown with { Status = status, ProjectId = project })];

    /// <summary>As they were shown, of what a change was about only, to be put back from what became of them.</summary>
    public static string Undone(IEnumerable<string> selected, string? status, Guid? project, IEnumerable<TaskItem> changed) => string.Join(
        Between,
        Read(selected).Join(changed, shown => shown.Id, task => task.Id, (shown, task) => ValueOf(
            shown.Id, status is null ? null : shown.Status, project is null ? null : shown.ProjectId, task.State)));

    public static IReadOnlyList<TaskChange> Read(string shown) => Read(shown.Split(Between));

    private static string ValueOf(Guid id, string? status, Guid? project, long state) =>
        string.Create(CultureInfo.InvariantCulture, $"{id}{Within}{status}{Within}{project}{Within}{state}");

    /// <summary>What was not written by <see cref="ValueOf(TaskItem)"/> or <see cref="Undone"/> is left out.</summary>
    private static List<TaskChange> Read(IEnumerable<string> selected)
    {
        var shown = new List<TaskChange>();
        foreach (var value in selected)
        {
            if (value.Split(Within) is [var id, var status, var project, var state]
                && Guid.TryParse(id, out var task) && TaskItem.TimeOf(state) is { } seen)
            {
                shown.Add(new(
                    task, status.Length == 0 ? null : status, Guid.TryParse(project, out var projectId) ? projectId : null, seen));
            }
        }

        return shown;
    }
}
