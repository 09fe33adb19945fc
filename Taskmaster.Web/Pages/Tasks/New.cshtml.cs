using Microsoft.AspNetCore.Mvc;
using Taskmaster.Web.Api;
using Taskmaster.Web.Pages.Shared;

namespace Taskmaster.Web.Pages.Tasks;

internal sealed class NewModel(TasksClient tasks) : TaskFormModel(tasks)
{
    private readonly TasksClient _tasks = tasks;

    /// <summary>Tells this form from any other, so that sending it twice creates one task.</summary>
    [BindProperty]
    public string? Form { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid? project, CancellationToken cancellationToken)
    {
        (ProjectId, Status, Form) = (project, TaskItemStatus.Todo, Guid.CreateVersion7().ToString());
        return await FormAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var answer = await _tasks.CreateTaskAsync(Fields, Form, cancellationToken);
        if (answer is not { Value: { } task })
        {
            ModelState.Add(answer.Refusal!);
            return await FormAsync(cancellationToken);
        }

        TempData.Notify($"Task {task.Title} created.");
        return LocalRedirect(Url.Local(ReturnUrl) ?? $"/projects/{task.ProjectId}");
    }
}
