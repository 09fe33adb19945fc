using Microsoft.AspNetCore.Mvc.RazorPages;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.Web.Api;

namespace Taskmaster.Web.Pages;

internal sealed class IndexModel(TasksClient tasks, PublicOrigin origin) : PageModel
{
    private const int MostNext = 8;

    /// <summary>For the examples.</summary>
    public string Origin => origin.Value;

    /// <summary>Null for a visitor.</summary>
    public WorkSummary? Summary { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        if (User.Identity?.IsAuthenticated != true)
        {
            return;
        }

        var listing = tasks.ListProjectsAsync(cancellationToken);
        var all = await tasks.ListTasksAsync(projectId: null, cancellationToken);
        var projects = await listing;
        var open = all.Where(task => task.Status is not (TaskItemStatus.Done or TaskItemStatus.Canceled)).ToList();
        Summary = new(
            projects.ToDictionary(project => project.Id, project => project.Name),
            open.Count,
            all.Count(task => task.Status == TaskItemStatus.InProgress),
            [
                .. open.OrderByDescending(task => task.Status == TaskItemStatus.InProgress).ThenByDescending(task => task.UpdatedAt)
                    .Take(MostNext),
            ]);
    }

    /// <param name="Projects">Their names.</param>
    /// <param name="OpenTasks">How many are neither done nor canceled.</param>
    /// <param name="InProgress">How many of them somebody is at.</param>
    /// <param name="Next">The open tasks to go on with: those in progress, then those that were touched last.</param>
    internal sealed record WorkSummary(
        IReadOnlyDictionary<Guid, string> Projects, int OpenTasks, int InProgress, IReadOnlyList<TaskItem> Next);
}
