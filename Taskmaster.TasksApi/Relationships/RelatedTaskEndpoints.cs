using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Lists;
using Taskmaster.TasksApi.Tasks;

namespace Taskmaster.TasksApi.Relationships;

/// <summary>Both ways, and with the other task in it: what a page about a task shows, in one query.</summary>
internal static class RelatedTaskEndpoints
{
    public static void MapRelatedTasks(this IEndpointRouteBuilder api) =>
        api.MapGet("/tasks/{task_id}/related", ListAsync).WithName("listRelatedTasks").RequireScope(TaskmasterScopes.TasksRead);

    private static async Task<Results<Ok<List<RelatedTaskResponse>>, NotFound>> ListAsync(
        Caller caller, [FromRoute(Name = "task_id")] Guid taskId, TasksDbContext db, CancellationToken cancellationToken)
    {
        var (owner, related) = (caller.Owner, await RelatedAsync(db, caller.Owner, taskId, cancellationToken));
        return related.Count > 0 || await db.Tasks.AnyAsync(task => task.OwnerId == owner && task.Id == taskId, cancellationToken)
            ? TypedResults.Ok(related)
            : TypedResults.NotFound();
    }

    private static async Task<List<RelatedTaskResponse>> RelatedAsync(
        TasksDbContext db, Guid owner, Guid taskId, CancellationToken cancellationToken)
    {
        var found = await db.Relationships.AsNoTracking()
            .Where(relationship => relationship.OwnerId == owner
                && (relationship.TaskId == taskId || relationship.RelatedTaskId == taskId))
            .OrderBy(relationship => relationship.Id)
            .Take(ListSize.Most)
            .Join(
                db.Tasks.Where(task => task.OwnerId == owner),
                relationship => relationship.TaskId == taskId ? relationship.RelatedTaskId : relationship.TaskId,
                task => task.Id,
                (relationship, task) => new { relationship.Id, relationship.Type, relationship.TaskId, Other = task })
            .ToListAsync(cancellationToken);

        return
        [
            .. found.OrderBy(one => one.Id).Select(one => new RelatedTaskResponse(
                one.Id,
                one.Type,
                one.TaskId == taskId ? RelationshipDirection.Outgoing : RelationshipDirection.Incoming,
                TaskResponse.Of(one.Other))),
        ];
    }
}
