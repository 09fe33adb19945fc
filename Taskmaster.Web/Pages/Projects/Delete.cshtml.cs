using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Taskmaster.Web.Api;
using Taskmaster.Web.Pages.Shared;

namespace Taskmaster.Web.Pages.Projects;

internal sealed class DeleteModel(TasksClient tasks) : PageModel
{
    public Project Project { get; private set; } = null!;

    public int TaskCount { get; private set; }

    /// <summary>The state that is shown, and the only one that is deleted.</summary>
    [BindProperty]
    public string? Version { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        var answer = await tasks.GetProjectAsync(id, cancellationToken);
        if (answer is not { Value: { } project })
        {
            return NotFound();
        }

        (Project, Version) = (project, answer.Version);
        TaskCount = (await tasks.ListProgressAsync(cancellationToken))
            .Where(progress => progress.ProjectId == id)
            .Sum(progress => progress.Open + progress.Done + progress.Canceled);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellationToken)
    {
        var refusal = await tasks.DeleteProjectAsync(id, Version, cancellationToken);
        if (refusal is { IsStale: true })
        {
            ModelState.AddModelError("", "This project was changed after you opened it, and is not deleted yet.");
            Response.StatusCode = StatusCodes.Status409Conflict;
            return await OnGetAsync(id, cancellationToken);
        }

        if (refusal is not null)
        {
            return NotFound();
        }

        TempData.Notify("Project deleted.");
        return LocalRedirect("/projects");
    }
}
