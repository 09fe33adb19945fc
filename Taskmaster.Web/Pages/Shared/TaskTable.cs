using Microsoft.AspNetCore.WebUtilities;
using Taskmaster.Web.Api;

namespace Taskmaster.Web.Pages.Shared;

/// <summary>One page of a list of tasks, and the ways from it: to the next page, and from a later one to the first.</summary>
/// <param name="request">The request for the page; the links keep all it asks for.</param>
/// <param name="page">The tasks.</param>
/// <param name="projectNames">Null where all tasks are of one project.</param>
internal sealed class TaskTable(HttpRequest request, ListPage<TaskItem> page, IReadOnlyDictionary<Guid, string>? projectNames)
{
    public const string Cursor = "cursor";

    /// <summary>In the address, the task whose title is being changed.</summary>
    private const string Edited = "edit";

    public IReadOnlyList<TaskItem> Tasks => page.Items;

    public IReadOnlyDictionary<Guid, string>? ProjectNames => projectNames;

    /// <summary>Where a change of one of them comes back to.</summary>
    public string Here => AddressOf(request.Query[Cursor]);

    /// <summary>Null on the last page.</summary>
    public string? Next => page.Next is { } cursor ? AddressOf(cursor) : null;

    /// <summary>Null on the first page.</summary>
    public string? First => string.IsNullOrEmpty(request.Query[Cursor]) ? null : AddressOf(null);

    public bool IsEdited(TaskItem task) => request.Query[Edited] == task.Id.ToString();

    /// <summary>This page with a field in place of the task's title.</summary>
    public string Edit(TaskItem task) => QueryHelpers.AddQueryString(Here, Edited, task.Id.ToString());

    private string AddressOf(string? cursor)
    {
        var query = request.Query.Where(entry => entry.Key is not (Cursor or Edited or "handler"));
        return QueryHelpers.AddQueryString(request.Path, string.IsNullOrEmpty(cursor) ? query : query.Append(new(Cursor, cursor)));
    }
}
