using Microsoft.AspNetCore.WebUtilities;
using Taskmaster.Web.Api;

namespace Taskmaster.Web.Pages.Tasks;

/// <summary>The views a user saved, above a list or a board.</summary>
/// <param name="All">The oldest first.</param>
/// <param name="Shown">The filters of the list that is shown; null on a board, which has none to save.</param>
internal sealed record SavedViews(IReadOnlyList<SavedView> All, string? Shown)
{
    /// <summary>Where the filters that are shown are given a name.</summary>
    public string SaveAddress => QueryHelpers.AddQueryString(TaskQuery.Of(Shown ?? "").Page, "handler", "SaveView");

    /// <summary>Programs save views, too, and write the same filters in another way.</summary>
    public bool IsShown(SavedView view) => TaskQuery.Of(view.Query).OnSite.Filters == Shown;
}
