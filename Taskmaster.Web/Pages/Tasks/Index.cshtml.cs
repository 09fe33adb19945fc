using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Taskmaster.Web.Api;
using Taskmaster.Web.Pages.Shared;

namespace Taskmaster.Web.Pages.Tasks;

internal sealed class IndexModel(TasksClient tasks) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "project")]
    public Guid? Project { get; set; }

    [BindProperty(SupportsGet = true, Name = "status")]
    public string? Status { get; set; }

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Search { get; set; }

    [BindProperty(SupportsGet = true, Name = TaskTable.Cursor)]
    public string? Cursor { get; set; }

    public IReadOnlyList<Project> Projects { get; private set; } = [];

    public TaskTable Table { get; private set; } = null!;

    public bool IsFiltered => Query.IsFiltered;

    private TaskQuery Query => new(Project, Status, Search, Cursor);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var listing = tasks.PageOfTasksAsync(Query, cancellationToken);
        Projects = await tasks.ListProjectsAsync(cancellationToken);

        var (page, refusal) = await listing;
        if (refusal is not null)
        {
            ModelState.Add(refusal, ("project_id", "project"), ("status", "status"), ("q", "q"), ("cursor", ""));
        }

        Table = new(Request, page ?? new([], Next: null), Projects.ToDictionary(project => project.Id, project => project.Name));
    }
}
