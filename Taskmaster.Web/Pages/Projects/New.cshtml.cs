using Microsoft.AspNetCore.Mvc;
using Taskmaster.Web.Api;
using Taskmaster.Web.Pages.Shared;

namespace Taskmaster.Web.Pages.Projects;

internal sealed class NewModel(TasksClient tasks) : ProjectFormModel
{
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var answer = await tasks.CreateProjectAsync(Fields, cancellationToken);
        if (answer is not { Value: { } project })
        {
            ModelState.Add(answer.Refusal!);
            return Page();
        }

        TempData.Notify($"Project {project.Name} created.");
        return LocalRedirect($"/projects/{project.Id}");
    }
}
