using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Taskmaster.Web.Api;
using Taskmaster.Web.Pages.Shared;

namespace Taskmaster.Web.Pages.Projects;

internal sealed class DetailsModel(TasksClient tasks) : PageModel
{
    public Project Project { get; private set; } = null!;

    public TaskTable Table { get; private set; } = null!;

    public QuickAdd QuickAdd { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(
        Guid id, [FromQuery(Name = TaskTable.Cursor)] string? cursor, CancellationToken cancellationToken)
    {
        var answer = await tasks.GetProjectAsync(id, cancellationToken);
        if (answer is not { Value: { } project })
        {
            return NotFound();
        }

        Project = project;
        if (await tasks.PageOfTasksAsync(new(id, Cursor: cursor), cancellationToken) is not { Value: { } page })
        {
            // A cursor that somebody made up.
            return LocalRedirect($"/projects/{id}");
        }

        Table = new(Request, page, projectNames: null);
        QuickAdd = new([project], id, Table.Here);
        return Page();
    }
}
