using Taskmaster.Web.Api;

namespace Taskmaster.Web.Pages.Shared;

/// <summary>Tasks that were ticked in a list, each with what the list showed of it: what it is put back to by Undo.</summary>
internal static class TaskSelection
{
    private const char Between = ',';
    private const char Within = ':';

    /// <summary>Of a row's box.</summary>
    public static string ValueOf(TaskItem task) => $"{task.Id}{Within}{task.Status}{Within}{task.ProjectId}";

    /// <summary>The selected as they are to be; what is null stays.</summary>
    public static IReadOnlyList<TaskChange> Changed(IEnumerable<string> selected, string? status, Guid? project) =>
        [.. Read(selected).Select(shown => new TaskChange(shown.Id, status, project))];

    /// <summary>As they were shown, of what a change was about only.</summary>
    public static string Shown(IEnumerable<string> selected, string? status, Guid? project) => string.Join(Between, Read(selected).Select(
        shown => $"{shown.Id}{Within}{(status is null ? null : shown.Status)}{Within}{(project is null ? null : shown.ProjectId)}"));

    public static IReadOnlyList<TaskChange> Read(string shown) => Read(shown.Split(Between));

    /// <summary>What was not written by <see cref="ValueOf"/> or <see cref="Shown"/> is left out.</summary>
    private static List<TaskChange> Read(IEnumerable<string> selected)
    {
        var shown = new List<TaskChange>();
        foreach (var value in selected)
        {
            if (value.Split(Within) is [var id, var status, var project] && Guid.TryParse(id, out var task))
            {
                shown.Add(new(
                    task, status.Length == 0 ? null : status, Guid.TryParse(project, out var projectId) ? projectId : null));
            }
        }

        return shown;
    }
}
