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
        var counting = tasks.ListProgressAsync(cancellationToken);
        var inProgress = LastChangedAsync(TaskItemStatus.InProgress);
        var open = LastChangedAsync(TaskQuery.Open);
        var progress = await counting;
        Summary = new(
            (await listing).ToDictionary(project => project.Id, project => project.Name),
            progress.Sum(project => project.Open),
            progress.Sum(project => project.InProgress),
            [.. (await inProgress).Concat(await open).DistinctBy(task => task.Id).Take(MostNext)]);

        async Task<IReadOnlyList<TaskItem>> LastChangedAsync(string status) => (await tasks.PageOfTasksAsync(
            new(Status: status, Sort: TaskQuery.LastChanged) { Limit = MostNext }, cancellationToken)).Value?.Items ?? [];
    }

    /// <param name="Projects">Their names.</param>
    /// <param name="OpenTasks">How many are neither done nor canceled.</param>
    /// <param name="InProgress">How many of them somebody is at.</param>
    /// <param name="Next">The open tasks to go on with: those in progress, then those that were touched last.</param>
    internal sealed record WorkSummary(
        IReadOnlyDictionary<Guid, string> Projects, int OpenTasks, int InProgress, IReadOnlyList<TaskItem> Next);
}
