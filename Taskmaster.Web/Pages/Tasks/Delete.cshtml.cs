using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Taskmaster.Web.Api;
using Taskmaster.Web.Pages.Shared;

namespace Taskmaster.Web.Pages.Tasks;

internal sealed class DeleteModel(TasksClient tasks) : PageModel
{
    public TaskItem Item { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        var answer = await tasks.GetTaskAsync(id, cancellationToken);
        if (answer is not { Value: { } task })
        {
            return NotFound();
        }

        Item = task;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await tasks.DeleteTaskAsync(id, cancellationToken) is not null)
        {
            return NotFound();
        }

        TempData.Notify("Task deleted.");
        return LocalRedirect("/tasks");
    }
}
