using Microsoft.AspNetCore.Mvc.RazorPages;
using Taskmaster.Web.Api;

namespace Taskmaster.Web.Pages.Projects;

internal sealed class IndexModel(TasksClient tasks) : PageModel
{
    public IReadOnlyList<Project> Projects { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) => Projects = await tasks.ListProjectsAsync(cancellationToken);
}
