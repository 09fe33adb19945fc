using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Taskmaster.Web.Api;

namespace Taskmaster.Web.Pages.Tasks;

/// <summary>The fields a task is made and changed with.</summary>
internal abstract class TaskFormModel(TasksClient tasks) : PageModel
{
    public const int TitleMaxLength = 255;
    public const int DescriptionMaxLength = 500;

    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public string? Description { get; set; }

    [BindProperty]
    public string? Status { get; set; }

    [BindProperty]
    public Guid? ProjectId { get; set; }

    public IReadOnlyList<Project> Projects { get; private set; } = [];

    // An empty field says "make it empty", which the service refuses; null would say "leave it".
    protected TaskFields Fields => new(Title ?? "", Description ?? "", Status, ProjectId);

    protected async Task<PageResult> FormAsync(CancellationToken cancellationToken)
    {
        Projects = await tasks.ListProjectsAsync(cancellationToken);
        return Page();
    }
}
