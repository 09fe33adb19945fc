using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.TasksApi.Answers;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Idempotency;
using Taskmaster.TasksApi.Lists;
using Taskmaster.TasksApi.Requests;
using Taskmaster.TasksApi.Tasks;
using Taskmaster.TasksApi.Versions;

namespace Taskmaster.TasksApi.Relationships;

internal static class RelationshipEndpoints
{
    private const string OfTask = "/tasks/{task_id}/relationships";
    private const string OneOfTask = "/tasks/{task_id}/relationships/{relationship_id}";

    public static void MapRelationships(this IEndpointRouteBuilder api)
    {
        api.MapGet(OfTask, ListAsync).WithName("listTaskRelationships").RequireScope(TaskmasterScopes.TasksRead);
        api.MapPost(OfTask, CreateAsync)
            .WithName("createTaskRelationship")
            .RequireScope(TaskmasterScopes.TasksWrite)
            .WithIdempotencyKey()
            .WithEntityTag();
        api.MapPut(OneOfTask, UpdateAsync).WithName("updateTaskRelationship").RequireScope(TaskmasterScopes.TasksWrite).WithEntityTag();
        api.MapPatch(OneOfTask, UpdateAsync).WithName("patchTaskRelationship").RequireScope(TaskmasterScopes.TasksWrite).WithEntityTag();
        api.MapDelete(OneOfTask, DeleteAsync).WithName("deleteTaskRelationship").RequireScope(TaskmasterScopes.TasksWrite);
    }

    private static readonly ListOrders<TaskRelationship, RelationshipResponse> Orders = new(relationship => relationship.Id);

    private static async Task<Results<Page<RelationshipResponse>, NotFound, InvalidRequest>> ListAsync(
        Caller caller, [AsParameters] RelationshipListRequest request, IServiceScopeFactory scopes, CancellationToken cancellationToken)
    {
        var query = new QueryFields();
        var only = query.Choice<RelationshipType>("relationship_type", request.Type, RelationshipChanges.TypeMessage);
        var paging = ListPaging<TaskRelationship, RelationshipResponse>.Of(request, Orders, relationship => relationship.Id, query);
        if (query.Problem is { } problem)
        {
            return problem;
        }

        var taskId = request.TaskId;
        var (found, hasTask) = await scopes.ReadInTimeAsync(
            async db =>
            {
                var relationships = db.Relationships.Where(
                    relationship => relationship.OwnerId == caller.Owner && relationship.TaskId == taskId);
                if (only is not null)
                {
                    relationships = relationships.Where(relationship => relationship.Type == only);
                }

                var found = await paging.Apply(relationships).Select(RelationshipResponse.Projection).ToListAsync(CancellationToken.None);

                // Only an empty list leaves open whether there is such a task.
                return (found, found.Count > 0 || await HasTaskAsync(db, caller, taskId, CancellationToken.None));
            },
            cancellationToken);

        return hasTask ? paging.Page(found) : TypedResults.NotFound();
    }

    private static async Task<Results<
        Created<RelationshipResponse>, NotFound<ErrorResponse>, Conflict<ErrorResponse>, InvalidRequest, PreconditionFailed>> CreateAsync(
        Caller caller,
        [FromRoute(Name = "task_id")] Guid taskId,
        Body<NewRelationship> body,
        Preconditions preconditions,
        TasksDbContext db,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (body.Problem is { } problem)
        {
            return problem;
        }

        if (body.Value.TargetTaskId == taskId)
        {
            return InvalidRequest.Because("A task cannot relate to itself");
        }

        if (!preconditions.HoldFor(Validators.OfList))
        {
            // RFC 9110 §13.2.1: what is not there is 404, whatever the condition.
            return await HasTaskAsync(db, caller, taskId, cancellationToken) ? new PreconditionFailed() : UnknownTask();
        }

        var relationship = TaskRelationship.Create(caller.Owner, taskId, body.Value.TargetTaskId, body.Value.Type, clock);
        db.Add(relationship);

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (
            exception.Violates(RelationshipConfiguration.TaskForeignKey)
                || exception.Violates(RelationshipConfiguration.RelatedTaskForeignKey))
        {
            return UnknownTask();
        }
        catch (DbUpdateException exception) when (exception.Violates(RelationshipConfiguration.UniquePair))
        {
            return TypedResults.Conflict(new ErrorResponse("Relationship already exists between these tasks"));
        }

        // There is no route to a single relationship that Location could name.
        return TypedResults.Created((string?)null, RelationshipResponse.Of(relationship));
    }

    private static async Task<Results<Ok<RelationshipResponse>, NotFound, InvalidRequest, PreconditionFailed>> UpdateAsync(
        Caller caller,
        [FromRoute(Name = "task_id")] Guid taskId,
        [FromRoute(Name = "relationship_id")] Guid relationshipId,
        Body<RelationshipChanges> body,
        Preconditions preconditions,
        TasksDbContext db,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (body.Problem is { } problem)
        {
            return problem;
        }

        // Again whenever somebody else was faster: their change is then there to see, and to be judged by If-Match.
        while (await StoredAsync(db, caller, taskId, relationshipId, cancellationToken) is { } relationship)
        {
            if (!preconditions.HoldFor(relationship))
            {
                return new PreconditionFailed();
            }

            relationship.ChangeType(body.Value.Type, clock);
            if (await db.SaveUnlessOvertakenAsync(cancellationToken))
            {
                return TypedResults.Ok(RelationshipResponse.Of(relationship));
            }
        }

        return TypedResults.NotFound();
    }

    private static async Task<Results<NoContent, NotFound, PreconditionFailed>> DeleteAsync(
        Caller caller,
        [FromRoute(Name = "task_id")] Guid taskId,
        [FromRoute(Name = "relationship_id")] Guid relationshipId,
        Preconditions preconditions,
        TasksDbContext db,
        CancellationToken cancellationToken)
    {
        while (await StoredAsync(db, caller, taskId, relationshipId, cancellationToken) is { } relationship)
        {
            if (!preconditions.HoldFor(relationship))
            {
                return new PreconditionFailed();
            }

            db.Remove(relationship);
            if (await db.SaveUnlessOvertakenAsync(cancellationToken))
            {
                return TypedResults.NoContent();
            }
        }

        return TypedResults.NotFound();
    }

    private static NotFound<ErrorResponse> UnknownTask() =>
        TypedResults.NotFound(new ErrorResponse("One or both tasks not found or not owned by user"));

    private static Task<bool> HasTaskAsync(TasksDbContext db, Caller caller, Guid taskId, CancellationToken cancellationToken) =>
        db.Tasks.AnyAsync(task => task.OwnerId == caller.Owner && task.Id == taskId, cancellationToken);

    private static Task<TaskRelationship?> StoredAsync(
        TasksDbContext db, Caller caller, Guid taskId, Guid relationshipId, CancellationToken cancellationToken) =>
        db.Relationships.SingleOrDefaultAsync(
            relationship => relationship.OwnerId == caller.Owner && relationship.TaskId == taskId && relationship.Id == relationshipId,
            cancellationToken);
}
