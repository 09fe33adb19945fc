using Microsoft.AspNetCore.Mvc;
using Taskmaster.Web.Api;
using Taskmaster.Web.Pages.Shared;

namespace Taskmaster.Web.Pages.Projects;

internal sealed class IndexModel(TasksClient tasks) : ProjectFormModel
{
    public IReadOnlyList<Project> Projects { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) => Projects = await tasks.ListProjectsAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var answer = await tasks.CreateProjectAsync(Fields, cancellationToken);
        if (answer is not { Value: { } project })
        {
            ModelState.Add(answer.Refusal!);
            Projects = await tasks.ListProjectsAsync(cancellationToken);
            return Page();
        }

        TempData.Notify($"Project {project.Name} created.");
        return LocalRedirect("/projects");
    }
}
