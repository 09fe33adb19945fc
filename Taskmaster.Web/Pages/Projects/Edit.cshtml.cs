using Microsoft.AspNetCore.Mvc;
using Taskmaster.Web.Api;
using Taskmaster.Web.Pages.Shared;

namespace Taskmaster.Web.Pages.Projects;

internal sealed class EditModel(TasksClient tasks) : ProjectFormModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var answer = await tasks.GetProjectAsync(Id, cancellationToken);
        if (answer is not { Value: { } project })
        {
            return NotFound();
        }

        (Name, Description) = (project.Name, project.Description);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var answer = await tasks.UpdateProjectAsync(Id, Fields, cancellationToken);
        if (answer.Refusal is { } refusal)
        {
            if (refusal.IsNotFound)
            {
                return NotFound();
            }

            ModelState.Add(refusal);
            return Page();
        }

        TempData.Notify("Project saved.");
        return LocalRedirect($"/projects/{Id}");
    }
}
