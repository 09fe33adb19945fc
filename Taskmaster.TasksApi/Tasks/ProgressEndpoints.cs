using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Data;

namespace Taskmaster.TasksApi.Tasks;

/// <summary>Counted here, and for all projects at once: whoever shows them would otherwise list every task.</summary>
internal static class ProgressEndpoints
{
    public static void MapProgress(this IEndpointRouteBuilder api) =>
        api.MapGet("/projects/progress", ListAsync).WithName("listProjectProgress").RequireScope(TaskmasterScopes.TasksRead);

    private static async Task<Ok<List<ProjectProgress>>> ListAsync(Caller caller, TasksDbContext db, CancellationToken cancellationToken)
    {
        var progress = await db.Tasks
            .Where(task => task.OwnerId == caller.Owner)
            .GroupBy(task => task.ProjectId)
            .OrderBy(tasks => tasks.Key)
            .Select(tasks => new ProjectProgress(
                tasks.Key,
                tasks.Count(task => task.Status != TaskItemStatus.Done && task.Status != TaskItemStatus.Canceled),
                tasks.Count(task => task.Status == TaskItemStatus.InProgress),
                tasks.Count(task => task.Status == TaskItemStatus.Done),
                tasks.Count(task => task.Status == TaskItemStatus.Canceled)))
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(progress);
    }
}
