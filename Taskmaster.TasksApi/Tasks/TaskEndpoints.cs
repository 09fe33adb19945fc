using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.TasksApi.Answers;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Idempotency;
using Taskmaster.TasksApi.Lists;
using Taskmaster.TasksApi.Requests;
using Taskmaster.TasksApi.Versions;

namespace Taskmaster.TasksApi.Tasks;

internal static class TaskEndpoints
{
    public static void MapTasks(this IEndpointRouteBuilder api)
    {
        api.MapPost("/tasks", CreateAsync)
            .WithName("createTask")
            .RequireScope(TaskmasterScopes.TasksWrite)
            .WithIdempotencyKey()
            .WithEntityTag();
        api.MapGet("/tasks", ListAsync).WithName("listTasks").RequireScope(TaskmasterScopes.TasksRead);
        api.MapGet("/tasks/{id}", GetAsync).WithName("getTask").RequireScope(TaskmasterScopes.TasksRead).WithEntityTag();
        api.MapPut("/tasks/{id}", UpdateAsync).WithName("updateTask").RequireScope(TaskmasterScopes.TasksWrite).WithEntityTag();
        api.MapPatch("/tasks/{id}", UpdateAsync).WithName("patchTask").RequireScope(TaskmasterScopes.TasksWrite).WithEntityTag();
        api.MapDelete("/tasks/{id}", DeleteAsync).WithName("deleteTask").RequireScope(TaskmasterScopes.TasksWrite);
    }

    private static async Task<Results<Created<TaskResponse>, InvalidRequest, PreconditionFailed>> CreateAsync(
        Caller caller, Via? via, Body<NewTask> body, Preconditions preconditions, ITaskWriter tasks, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (body.Problem is { } problem)
        {
            return problem;
        }

        if (!preconditions.HoldFor(Validators.OfList))
        {
            return new PreconditionFailed();
        }

        var task = body.Value.Of(caller, via, clock);
        return await tasks.TryAddAsync(task, cancellationToken)
            ? TypedResults.Created($"/api/tasks/{task.Id}", TaskResponse.Of(task))
            : UnknownProject();
    }

    /// <remarks>
    /// Takes the user and not the <see cref="Caller"/>, whose binding is one more step to wait for in the request that is made most.
    /// </remarks>
    private static async Task<Results<Page<TaskResponse>, InvalidRequest>> ListAsync(
        ClaimsPrincipal user, [AsParameters] TaskListRequest request, IListReader<TaskList, TaskResponse> tasks,
        CancellationToken cancellationToken)
    {
        var query = new QueryFields();
        var list = TaskList.Of(request, query);
        return query.Problem is { } problem ? problem : list.Paging.Page(await tasks.ReadAsync(list, Caller.Of(user), cancellationToken));
    }

    private static async Task<Results<Ok<TaskResponse>, NotFound>> GetAsync(
        Caller caller, Guid id, TasksDbContext db, CancellationToken cancellationToken) =>
        await One(db, caller, id).Select(TaskResponse.Projection).SingleOrDefaultAsync(cancellationToken) is { } found
            ? TypedResults.Ok(found)
            : TypedResults.NotFound();

    /// <summary>PUT as documented and PATCH (RFC 7396) mean the same: what is not named stays.</summary>
    private static async Task<Results<Ok<TaskResponse>, NotFound, InvalidRequest, PreconditionFailed>> UpdateAsync(
        Caller caller, Via? via, Guid id, Body<TaskChanges> body, Preconditions preconditions, ITaskWriter tasks,
        CancellationToken cancellationToken)
    {
        if (body.Problem is { } problem)
        {
            return problem;
        }

        return await tasks.ChangeAsync(caller, id, body.Value, via, preconditions, cancellationToken) switch
        {
            { Task: { } task } => TypedResults.Ok(task),
            { Outcome: TaskChangeOutcome.NotFound } => TypedResults.NotFound(),
            { Outcome: TaskChangeOutcome.PreconditionFailed } => new PreconditionFailed(),
            _ => UnknownProject(),
        };
    }

    private static async Task<Results<NoContent, NotFound, PreconditionFailed>> DeleteAsync(
        Caller caller, Via? via, Guid id, Preconditions preconditions, TasksDbContext db, CancellationToken cancellationToken)
    {
        while (await One(db, caller, id).AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } task)
        {
            if (!preconditions.HoldFor(task))
            {
                return new PreconditionFailed();
            }

            // A deletion leaves no row that says what did it: a setting of the transaction tells the trigger (decision 24).
            var deleted = await db.Database.ExecuteSqlAsync(
                $"""
                DELETE FROM tasks
                WHERE owner_id = {caller.Owner} AND id = {id} AND version = {task.Version}
                    AND set_config('taskmaster.via', {Via.TextOf(via)}, true) IS NOT NULL
                """,
                cancellationToken);
            if (deleted > 0)
            {
                return TypedResults.NoContent();
            }
        }

        return TypedResults.NotFound();
    }

    private static IQueryable<TaskItem> One(TasksDbContext db, Caller caller, Guid id) =>
        db.Set<TaskItem>().Where(task => task.OwnerId == caller.Owner && task.Id == id);

    private static InvalidRequest UnknownProject() => InvalidRequest.Field("project_id", TaskChanges.ProjectMessage);
}
