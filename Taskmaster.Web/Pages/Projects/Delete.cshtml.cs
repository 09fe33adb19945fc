using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Taskmaster.Web.Api;
using Taskmaster.Web.Pages.Shared;

namespace Taskmaster.Web.Pages.Projects;

internal sealed class DeleteModel(TasksClient tasks) : PageModel
{
    public Project Project { get; private set; } = null!;

    public int TaskCount { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        var answer = await tasks.GetProjectAsync(id, cancellationToken);
        if (answer is not { Value: { } project })
        {
            return NotFound();
        }

        Project = project;
        TaskCount = (await tasks.ListTasksAsync(id, cancellationToken)).Count;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await tasks.DeleteProjectAsync(id, cancellationToken) is not null)
        {
            return NotFound();
        }

        TempData.Notify("Project deleted.");
        return LocalRedirect("/projects");
    }
}
