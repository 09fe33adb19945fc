using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Taskmaster.Web.Api;
using Taskmaster.Web.Pages.Shared;

namespace Taskmaster.Web.Pages.Tasks;

internal sealed class DeleteModel(TasksClient tasks) : PageModel
{
    public TaskItem Item { get; private set; } = null!;

    /// <summary>The state that is shown, and the only one that is deleted.</summary>
    [BindProperty]
    public string? Version { get; set; }

    [BindProperty(SupportsGet = true, Name = WaysBack.Parameter)]
    public string? ReturnUrl { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        var answer = await tasks.GetTaskAsync(id, cancellationToken);
        if (answer is not { Value: { } task })
        {
            return NotFound();
        }

        (Item, Version) = (task, answer.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellationToken)
    {
        var refusal = await tasks.DeleteTaskAsync(id, Version, cancellationToken);
        if (refusal is { IsStale: true })
        {
            ModelState.AddModelError("", "This task was changed after you opened it, and is not deleted yet.");
            Response.StatusCode = StatusCodes.Status409Conflict;
            return await OnGetAsync(id, cancellationToken);
        }

        if (refusal is not null)
        {
            return NotFound();
        }

        TempData.Notify("Task deleted.");
        return LocalRedirect(Url.Local(ReturnUrl) ?? "/tasks");
    }
}
