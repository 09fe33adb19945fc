using Microsoft.AspNetCore.WebUtilities;
using Taskmaster.Web.Api;

namespace Taskmaster.Web.Pages.Shared;

/// <summary>One page of a list of tasks, and the way to its neighbours.</summary>
internal sealed class TaskTable
{
    public const int PageSize = 50;

    private readonly HttpRequest _request;

    public TaskTable(HttpRequest request, IReadOnlyList<TaskItem> tasks, IReadOnlyDictionary<Guid, string>? projectNames, int page)
    {
        _request = request;
        ProjectNames = projectNames;
        Pages = Math.Max(1, (tasks.Count + PageSize - 1) / PageSize);
        Page = Math.Clamp(page, 1, Pages);
        Tasks = [.. tasks.Skip((Page - 1) * PageSize).Take(PageSize)];
    }

    public IReadOnlyList<TaskItem> Tasks { get; }

    /// <summary>Null where all tasks are of one project.</summary>
    public IReadOnlyDictionary<Guid, string>? ProjectNames { get; }

    public int Page { get; }

    public int Pages { get; }

    /// <summary>Where a change of status comes back to.</summary>
    public string Here => _request.Path + _request.QueryString;

    public string UrlOf(int page) => QueryHelpers.AddQueryString(_request.Path, _request.Query
        .Where(entry => entry.Key != "page")
        .Append(new("page", page.ToString(System.Globalization.CultureInfo.InvariantCulture))));
}
