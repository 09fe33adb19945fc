namespace Taskmaster.Web.Api;

/// <summary>A task's states as the API spells them, in the order work goes through them.</summary>
internal static class TaskItemStatus
{
    public const string Backlog = "backlog";
    public const string Triage = "triage";
    public const string Todo = "todo";
    public const string InProgress = "in_progress";
    public const string Done = "done";
    public const string Canceled = "canceled";

    public static IReadOnlyList<string> All { get; } = [Backlog, Triage, Todo, InProgress, Done, Canceled];

    /// <summary>As people read it.</summary>
    public static string Text(string status) => status switch
    {
        Backlog => "Backlog",
        Triage => "Triage",
        Todo => "To do",
        InProgress => "In progress",
        Done => "Done",
        Canceled => "Canceled",
        _ => status,
    };
}
