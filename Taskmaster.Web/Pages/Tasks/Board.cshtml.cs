using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Taskmaster.Web.Api;
using Taskmaster.Web.Pages.Shared;

namespace Taskmaster.Web.Pages.Tasks;

/// <summary>Tasks by how far they are, in each column the last changed first.</summary>
internal sealed class BoardModel(TasksClient tasks) : PageModel
{
    /// <summary>Cards of a column; the list has the rest.</summary>
    public const int MostCards = 100;

    /// <summary>Of the clocks of two machines.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(2);

    /// <summary>The year 9999.</summary>
    private const long MostMilliseconds = 253_370_764_800_000;

    [BindProperty(SupportsGet = true, Name = "project")]
    public Guid? Project { get; set; }

    public IReadOnlyList<Project> Projects { get; private set; } = [];

    public IReadOnlyList<BoardColumn> Columns { get; private set; } = [];

    public QuickAdd QuickAdd { get; private set; } = null!;

    public SavedViews Views { get; private set; } = null!;

    /// <summary>Where a change of a card comes back to.</summary>
    public string Here => Request.Path + Request.QueryString;

    public string? NameOf(TaskItem task) =>
        Project is null && Projects.Count > 1 ? Projects.FirstOrDefault(project => project.Id == task.ProjectId)?.Name : null;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var columns = TaskItemStatus.All
            .Select(status => ColumnAsync(status, cancellationToken))
            .ToList();
        var views = tasks.ListViewsAsync(cancellationToken);
        Projects = await tasks.ListProjectsAsync(cancellationToken);
        Views = new(await views, Shown: null);
        Columns = await Task.WhenAll(columns);
        QuickAdd = new(Projects, Project, Here);
    }

    /// <summary>For a script: the tasks that changed after a page was made, and before it began to follow changes.</summary>
    public async Task<IActionResult> OnGetSinceAsync(long made, CancellationToken cancellationToken)
    {
        var since = DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(made, 0, MostMilliseconds)) - Skew;
        var query = new TaskQuery(Sort: TaskQuery.LastChanged) { Limit = MostCards, ChangedSince = since };
        return new JsonResult((await tasks.PageOfTasksAsync(query, cancellationToken)).Value?.Items ?? [], ServiceJson.Options);
    }

    private async Task<BoardColumn> ColumnAsync(string status, CancellationToken cancellationToken)
    {
        var query = new TaskQuery(Project, status, Sort: TaskQuery.LastChanged) { Limit = MostCards };
        var page = (await tasks.PageOfTasksAsync(query, cancellationToken)).Value ?? new([], Next: null);
        var rest = $"/tasks?status={status}{(Project is null ? null : $"&project={Project}")}&sort={TaskQuery.LastChanged}";
        return new(status, page.Items, HasMore: page.Next is not null, rest);
    }
}
