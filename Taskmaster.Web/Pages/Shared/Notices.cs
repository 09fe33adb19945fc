using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Taskmaster.Web.Pages.Shared;

internal static class Notices
{
    private const string Key = "Notice";

    /// <summary>Tells the user what was done, on the page they are sent to next.</summary>
    public static void Notify(this ITempDataDictionary next, string text) => next[Key] = text;

    public static string? TakeNotice(this ITempDataDictionary current) => current[Key] as string;
}
