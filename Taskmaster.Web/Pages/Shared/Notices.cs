using System.Text.Json;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Taskmaster.Web.Pages.Shared;

internal static class Notices
{
    private const string Key = "Notice";

    /// <summary>Tells the user what was done, on the page they are sent to next.</summary>
    public static void Notify(this ITempDataDictionary next, string text, NoticeAction? action = null) =>
        next[Key] = JsonSerializer.Serialize(new Notice(text, action));

    public static Notice? TakeNotice(this ITempDataDictionary current) =>
        current[Key] is string notice ? JsonSerializer.Deserialize<Notice>(notice) : null;
}
