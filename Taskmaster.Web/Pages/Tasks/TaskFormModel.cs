using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Taskmaster.Web.Api;
using Taskmaster.Web.Pages.Shared;

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

    [BindProperty(SupportsGet = true, Name = WaysBack.Parameter)]
    public string? ReturnUrl { get; set; }

    public IReadOnlyList<Project> Projects { get; private set; } = [];

    /// <summary>The list the form was opened from.</summary>
    public string Back => Url.Local(ReturnUrl) ?? "/tasks";

    // An empty field says "make it empty", which the service refuses; null would say "leave it". A browser ends the lines of
    // a text area by CR LF but counts them as one character each.
    protected TaskFields Fields => new(Title ?? "", (Description ?? "").ReplaceLineEndings("\n"), Status, ProjectId);

    protected void Fill(TaskItem task) =>
        (Title, Description, Status, ProjectId) = (task.Title, task.Description, task.Status, task.ProjectId);

    /// <summary>What the user typed beside what is saved, once <see cref="Projects"/> are read.</summary>
    protected Comparison CompareWith(TaskItem saved) => new(
        WaysBack.From(ReturnUrl, $"/tasks/{saved.Id}"),
        ("Title", Title, saved.Title),
        ("Description", Description, saved.Description),
        ("Project", NameOf(ProjectId), NameOf(saved.ProjectId)),
        ("Status", TaskItemStatus.Text(Status ?? ""), TaskItemStatus.Text(saved.Status)));

    protected async Task<PageResult> FormAsync(CancellationToken cancellationToken)
    {
        Projects = await tasks.ListProjectsAsync(cancellationToken);
        return Page();
    }

    private string? NameOf(Guid? project) => Projects.FirstOrDefault(one => one.Id == project)?.Name;
}
