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

    public IReadOnlyList<Project> Projects { get; private set; } = [];

    public TaskTable Table { get; private set; } = null!;

    public bool IsFiltered => Project is not null || !string.IsNullOrEmpty(Status);

    public async Task OnGetAsync([FromQuery(Name = "page")] int page, CancellationToken cancellationToken)
    {
        var listing = tasks.ListTasksAsync(Project, cancellationToken);
        Projects = await tasks.ListProjectsAsync(cancellationToken);

        var found = (await listing).Where(task => string.IsNullOrEmpty(Status) || task.Status == Status).ToList();
        Table = new(Request, found, Projects.ToDictionary(project => project.Id, project => project.Name), page);
    }
}
