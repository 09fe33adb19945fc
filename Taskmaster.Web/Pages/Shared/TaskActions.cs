using Taskmaster.Web.Api;

namespace Taskmaster.Web.Pages.Shared;

/// <summary>The addresses that forms about a task are posted to, and what takes each back.</summary>
internal static class TaskActions
{
    /// <summary>To another status, if it is still as it is shown.</summary>
    public static string Move(TaskItem shown, string status) => Move(shown.Id, status, shown.State);

    public static string Delete(TaskItem shown) => $"/tasks/{shown.Id}?handler=Delete&shown={shown.State}";

    /// <summary>Back to what it was, unless it was changed again meanwhile.</summary>
    public static NoticeAction UndoMove(TaskItem before, TaskItem after, string back) =>
        Undo(Move(after.Id, before.Status, after.State), back);

    public static NoticeAction UndoTitle(TaskItem before, TaskItem after, string back) =>
        Undo($"/tasks/{after.Id}?handler=Title&shown={after.State}", back, new() { ["title"] = before.Title });

    public static NoticeAction UndoCreation(TaskItem created, string back) => Undo(Delete(created), back);

    public static NoticeAction UndoDeletion(TaskItem deleted, string back) => Undo($"/tasks/{deleted.Id}?handler=Restore", back);

    /// <summary>Of several: each back to what the page showed.</summary>
    public static NoticeAction UndoMoves(string selection, string back) =>
        Undo("/tasks?handler=UndoBulk", back, new() { ["selection"] = selection });

    private static string Move(Guid id, string status, long shown) => $"/tasks/{id}?handler=Status&status={status}&shown={shown}";

    private static NoticeAction Undo(string address, string back, Dictionary<string, string>? fields = null)
    {
        fields ??= [];
        fields[WaysBack.Parameter] = back;
        return new("Undo", address, fields);
    }
}
