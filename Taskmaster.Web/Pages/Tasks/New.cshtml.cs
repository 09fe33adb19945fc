using Microsoft.AspNetCore.Mvc;
using Taskmaster.Web.Api;
using Taskmaster.Web.Pages.Shared;

namespace Taskmaster.Web.Pages.Tasks;

internal sealed class NewModel(TasksClient tasks) : TaskFormModel(tasks)
{
    private readonly TasksClient _tasks = tasks;

    public async Task<IActionResult> OnGetAsync(Guid? project, CancellationToken cancellationToken)
    {
        (ProjectId, Status) = (project, TaskItemStatus.Todo);
        return await FormAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var answer = await _tasks.CreateTaskAsync(Fields, cancellationToken);
        if (answer is not { Value: { } task })
        {
            ModelState.Add(answer.Refusal!);
            return await FormAsync(cancellationToken);
        }

        TempData.Notify($"Task {task.Title} created.");
        return LocalRedirect($"/projects/{task.ProjectId}");
    }
}
