using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Relationships;
using Taskmaster.TasksApi.Tasks;
using Taskmaster.TasksApi.Versions;

namespace Taskmaster.TasksApi.Deletions;

internal static class DeletionEndpoints
{
    public static void MapDeletions(this IEndpointRouteBuilder api) =>
        api.MapPost("/tasks/{id}/restore", RestoreAsync)
            .WithName("restoreTask")
            .RequireScope(TaskmasterScopes.TasksWrite)
            .WithEntityTag();

    /// <summary>Asked again, it finds the task there, and says so: the answer may have been lost.</summary>
    private static async Task<Results<Ok<TaskResponse>, NotFound, PreconditionFailed>> RestoreAsync(
        Caller caller, Via? via, Guid id, Preconditions preconditions, TasksDbContext db, CancellationToken cancellationToken)
    {
        if (!preconditions.HoldFor(Validators.OfNothing))
        {
            return new PreconditionFailed();
        }

        while (!await TryRestoreAsync(db, caller.Owner, via, id, cancellationToken))
        {
            // A related task was deleted between looking and writing: it is left out when looked at again.
        }

        return await db.Tasks
            .Where(task => task.OwnerId == caller.Owner && task.Id == id)
            .Select(TaskResponse.Projection)
            .SingleOrDefaultAsync(cancellationToken) is { } task
            ? TypedResults.Ok(task)
            : TypedResults.NotFound();
    }

    /// <summary>
    /// Rows come back as they were, whatever columns they have: with id, version and times; what brought them back is new. A relationship
    /// comes with the second of its tasks, in whatever order they are restored, also at once: an owner's restorations wait for each other.
    /// Where two tasks were related anew meanwhile, that stands.
    /// </summary>
    private static async Task<bool> TryRestoreAsync(TasksDbContext db, Guid owner, Via? via, Guid id, CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

            // A statement of its own: the next one must see what was committed before the lock was had.
            await db.Database.ExecuteSqlAsync(
                $"SELECT pg_advisory_xact_lock(hashtextextended({"restore " + owner}, 0))", cancellationToken);
            await db.Database.ExecuteSqlAsync(
                $"""
                WITH task AS (
                    DELETE FROM deleted_rows WHERE owner_id = {owner} AND kind = {DeletedRow.Task} AND id = {id} RETURNING content),
                restored AS (
                    INSERT INTO tasks
                    SELECT restored.*
                    FROM task, jsonb_populate_record(
                        NULL::tasks, task.content || jsonb_build_object('via', NULLIF({Via.TextOf(via)}, ''))) AS restored),
                relationships AS (
                    DELETE FROM deleted_rows AS deleted USING tasks AS other
                    WHERE EXISTS (SELECT FROM task)
                        AND deleted.owner_id = {owner} AND deleted.kind = {DeletedRow.Relationship}
                        AND {id} IN ((deleted.content ->> 'task_id')::uuid, (deleted.content ->> 'related_task_id')::uuid)
                        AND other.owner_id = {owner} AND other.id <> {id}
                        AND other.id IN ((deleted.content ->> 'task_id')::uuid, (deleted.content ->> 'related_task_id')::uuid)
                    RETURNING deleted.content)
                INSERT INTO task_relationships
                SELECT restored.*
                FROM relationships, jsonb_populate_record(NULL::task_relationships, relationships.content) AS restored
                ON CONFLICT DO NOTHING
                """,
                cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return true;
        }
        catch (PostgresException refusal) when (refusal.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            // Without its project a task stays deleted.
            return refusal.ConstraintName is not (RelationshipConfiguration.TaskForeignKey
                or RelationshipConfiguration.RelatedTaskForeignKey);
        }
    }
}
