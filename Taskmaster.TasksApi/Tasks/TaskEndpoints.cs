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
        Caller caller, Body<NewTask> body, Preconditions preconditions, TasksDbContext db, TimeProvider clock,
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

        var task = body.Value.Of(caller, clock);
        db.Add(task);

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.Violates(TaskItemConfiguration.ProjectForeignKey))
        {
            return UnknownProject();
        }

        return TypedResults.Created($"/api/tasks/{task.Id}", TaskResponse.Of(task));
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
        Caller caller, Guid id, Body<TaskChanges> body, Preconditions preconditions, TasksDbContext db, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (body.Problem is { } problem)
        {
            return problem;
        }

        // Again whenever somebody else was faster: their change is then there to see, and to be judged by If-Match.
        while (await One(db, caller, id).SingleOrDefaultAsync(cancellationToken) is { } task)
        {
            if (!preconditions.HoldFor(task))
            {
                return new PreconditionFailed();
            }

            task.Change(body.Value, clock);

            try
            {
                if (await db.SaveUnlessOvertakenAsync(cancellationToken))
                {
                    return TypedResults.Ok(TaskResponse.Of(task));
                }
            }
            catch (DbUpdateException exception) when (exception.Violates(TaskItemConfiguration.ProjectForeignKey))
            {
                return UnknownProject();
            }
        }

        return TypedResults.NotFound();
    }

    private static async Task<Results<NoContent, NotFound, PreconditionFailed>> DeleteAsync(
        Caller caller, Guid id, Preconditions preconditions, TasksDbContext db, CancellationToken cancellationToken)
    {
        while (await One(db, caller, id).SingleOrDefaultAsync(cancellationToken) is { } task)
        {
            if (!preconditions.HoldFor(task))
            {
                return new PreconditionFailed();
            }

            db.Remove(task);
            if (await db.SaveUnlessOvertakenAsync(cancellationToken))
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
