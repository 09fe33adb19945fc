using Microsoft.AspNetCore.Mvc.RazorPages;
using Taskmaster.Web.Api;

namespace Taskmaster.Web.Pages;

internal sealed class IndexModel(TasksClient tasks) : PageModel
{
    /// <summary>Null for a visitor.</summary>
    public WorkSummary? Summary { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        if (User.Identity?.IsAuthenticated != true)
        {
            return;
        }

        var projects = tasks.ListProjectsAsync(cancellationToken);
        var all = await tasks.ListTasksAsync(projectId: null, cancellationToken);
        Summary = new(
            (await projects).Count,
            all.Count(task => task.Status is not (TaskItemStatus.Done or TaskItemStatus.Canceled)),
            all.Count(task => task.Status == TaskItemStatus.InProgress));
    }

    internal sealed record WorkSummary(int Projects, int OpenTasks, int InProgress);
}
