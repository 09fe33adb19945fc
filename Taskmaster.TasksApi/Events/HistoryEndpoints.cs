using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Tasks;

namespace Taskmaster.TasksApi.Events;

internal static class HistoryEndpoints
{
    /// <summary>Changes in one answer; a task that has more in seven days is changed by a program.</summary>
    public const int Most = 100;

    public static void MapHistory(this IEndpointRouteBuilder api) =>
        api.MapGet("/tasks/{task_id}/changes", ListAsync).WithName("listTaskChanges").RequireScope(TaskmasterScopes.TasksRead);

    /// <summary>Of a deleted task, too, for as long as its changes are kept.</summary>
    private static async Task<Results<Ok<List<ChangeResponse>>, NotFound>> ListAsync(
        Caller caller, [FromRoute(Name = "task_id")] Guid taskId, TasksDbContext db, CancellationToken cancellationToken)
    {
        var changes = await db.Changes.AsNoTracking()
            .Where(change => change.OwnerId == caller.Owner && change.SubjectId == taskId && change.Subject == ChangeSubject.Task)
            .OrderByDescending(change => change.At).ThenByDescending(change => change.Seq)
            .Take(Most)
            .ToListAsync(cancellationToken);

        return changes.Count > 0
            || await db.Tasks.AnyAsync(task => task.OwnerId == caller.Owner && task.Id == taskId, cancellationToken)
            ? TypedResults.Ok(changes.ConvertAll(ChangeResponse.Of))
            : TypedResults.NotFound();
    }
}
