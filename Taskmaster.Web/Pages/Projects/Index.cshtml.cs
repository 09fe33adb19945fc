using Microsoft.AspNetCore.Mvc;
using Taskmaster.Web.Api;
using Taskmaster.Web.Pages.Shared;

namespace Taskmaster.Web.Pages.Projects;

internal sealed class IndexModel(TasksClient tasks) : ProjectFormModel
{
    public IReadOnlyList<Project> Projects { get; private set; } = [];

    /// <summary>Of those that have tasks.</summary>
    public IReadOnlyDictionary<Guid, ProjectProgress> Progress { get; private set; } = new Dictionary<Guid, ProjectProgress>();

    /// <summary>Tells this form from any other, so that sending it twice creates one project.</summary>
    [BindProperty]
    public string? Form { get; set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Form = Guid.CreateVersion7().ToString();
        await ShowAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var answer = await tasks.CreateProjectAsync(Fields, Form, cancellationToken);
        if (answer is not { Value: { } project })
        {
            ModelState.Add(answer.Refusal!);
            await ShowAsync(cancellationToken);
            return Page();
        }

        TempData.Notify($"Project {project.Name} created.");
        return LocalRedirect("/projects");
    }

    private async Task ShowAsync(CancellationToken cancellationToken)
    {
        var progress = tasks.ListProgressAsync(cancellationToken);
        Projects = await tasks.ListProjectsAsync(cancellationToken);
        Progress = (await progress).ToDictionary(one => one.ProjectId);
    }
}
