using Microsoft.AspNetCore.Mvc;
using Taskmaster.Web.Api;
using Taskmaster.Web.Pages.Shared;

namespace Taskmaster.Web.Pages.Projects;

internal sealed class IndexModel(TasksClient tasks) : ProjectFormModel
{
    public IReadOnlyList<Project> Projects { get; private set; } = [];

    /// <summary>Tells this form from any other, so that sending it twice creates one project.</summary>
    [BindProperty]
    public string? Form { get; set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Form = Guid.CreateVersion7().ToString();
        Projects = await tasks.ListProjectsAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var answer = await tasks.CreateProjectAsync(Fields, Form, cancellationToken);
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
