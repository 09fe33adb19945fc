using Microsoft.AspNetCore.Mvc;
using Taskmaster.Web.Api;
using Taskmaster.Web.Pages.Shared;

namespace Taskmaster.Web.Pages.Tasks;

internal sealed class EditModel(TasksClient tasks) : TaskFormModel(tasks)
{
    private readonly TasksClient _tasks = tasks;

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var answer = await _tasks.GetTaskAsync(Id, cancellationToken);
        if (answer is not { Value: { } task })
        {
            return NotFound();
        }

        (Title, Description, Status, ProjectId) = (task.Title, task.Description, task.Status, task.ProjectId);
        return await FormAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var answer = await _tasks.UpdateTaskAsync(Id, Fields, cancellationToken);
        if (answer.Refusal is { } refusal)
        {
            if (refusal.IsNotFound)
            {
                return NotFound();
            }

            ModelState.Add(refusal);
            return await FormAsync(cancellationToken);
        }

        TempData.Notify("Task saved.");
        return LocalRedirect("/tasks");
    }

    /// <summary>From a list of tasks, and back to it.</summary>
    public async Task<IActionResult> OnPostStatusAsync(string? status, string? returnUrl, CancellationToken cancellationToken)
    {
        var answer = await _tasks.UpdateTaskAsync(Id, new(null, null, status ?? "", null), cancellationToken);
        if (answer is not { Value: { } task })
        {
            return answer.Refusal!.IsNotFound ? NotFound() : BadRequest();
        }

        TempData.Notify($"{task.Title}: {TaskItemStatus.Text(task.Status)}.");
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : "/tasks");
    }
}
