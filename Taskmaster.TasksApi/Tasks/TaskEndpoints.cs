using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Taskmaster.ServiceDefaults;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Requests;

namespace Taskmaster.TasksApi.Tasks;

internal static class TaskEndpoints
{
    public static void MapTasks(this IEndpointRouteBuilder api)
    {
        api.MapPost("/tasks", CreateAsync).WithName("createTask").RequireScope(TaskmasterScopes.TasksWrite);
        api.MapGet("/tasks", ListAsync).WithName("listTasks").RequireScope(TaskmasterScopes.TasksRead);
        api.MapGet("/tasks/{id}", GetAsync).WithName("getTask").RequireScope(TaskmasterScopes.TasksRead);
        api.MapPut("/tasks/{id}", UpdateAsync).WithName("updateTask").RequireScope(TaskmasterScopes.TasksWrite);
        api.MapDelete("/tasks/{id}", DeleteAsync).WithName("deleteTask").RequireScope(TaskmasterScopes.TasksWrite);
    }

    private static readonly Func<TasksDbContext, Guid, IAsyncEnumerable<TaskResponse>> OwnedBy =
        EF.CompileAsyncQuery((TasksDbContext db, Guid owner) => db.Tasks
            .Where(task => task.OwnerId == owner)
            .OrderBy(task => task.Id)
            .Select(TaskResponse.Projection));

    private static readonly Func<TasksDbContext, Guid, Guid, IAsyncEnumerable<TaskResponse>> InProject =
        EF.CompileAsyncQuery((TasksDbContext db, Guid owner, Guid project) => db.Tasks
            .Where(task => task.OwnerId == owner && task.ProjectId == project)
            .OrderBy(task => task.Id)
            .Select(TaskResponse.Projection));

    private static async Task<Results<Created<TaskResponse>, InvalidRequest>> CreateAsync(
        Caller caller, Body<NewTask> body, TasksDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (body.Problem is { } problem)
        {
            return problem;
        }

        var (title, description, projectId, status) = body.Value;
        var task = TaskItem.Create(caller.Owner, projectId, title, description, status, clock);
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

    private static async Task<Ok<List<TaskResponse>>> ListAsync(
        Caller caller, [FromQuery(Name = "project_id")] Guid? projectId, TasksDbContext db, CancellationToken cancellationToken)
    {
        var tasks = projectId is { } project ? InProject(db, caller.Owner, project) : OwnedBy(db, caller.Owner);
        return TypedResults.Ok(await tasks.ToListAsync(cancellationToken));
    }

    private static async Task<Results<Ok<TaskResponse>, NotFound>> GetAsync(
        Caller caller, Guid id, TasksDbContext db, CancellationToken cancellationToken) =>
        await db.Tasks
            .Where(task => task.OwnerId == caller.Owner && task.Id == id)
            .Select(TaskResponse.Projection)
            .SingleOrDefaultAsync(cancellationToken) is { } found
            ? TypedResults.Ok(found)
            : TypedResults.NotFound();

    private static async Task<Results<Ok<TaskResponse>, NotFound, InvalidRequest>> UpdateAsync(
        Caller caller, Guid id, Body<TaskChanges> body, TasksDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (body.Problem is { } problem)
        {
            return problem;
        }

        var task = await db.Tasks.SingleOrDefaultAsync(task => task.OwnerId == caller.Owner && task.Id == id, cancellationToken);
        if (task is null)
        {
            return TypedResults.NotFound();
        }

        var (title, description, status, projectId) = body.Value;
        task.Change(title, description, status, projectId, clock);

        try
        {
            return await db.SaveUnlessDeletedAsync(cancellationToken) ? TypedResults.Ok(TaskResponse.Of(task)) : TypedResults.NotFound();
        }
        catch (DbUpdateException exception) when (exception.Violates(TaskItemConfiguration.ProjectForeignKey))
        {
            return UnknownProject();
        }
    }

    private static async Task<Results<NoContent, NotFound>> DeleteAsync(
        Caller caller, Guid id, TasksDbContext db, CancellationToken cancellationToken) =>
        await db.Tasks.Where(task => task.OwnerId == caller.Owner && task.Id == id).ExecuteDeleteAsync(cancellationToken) == 1
            ? TypedResults.NoContent()
            : TypedResults.NotFound();

    private static InvalidRequest UnknownProject() => InvalidRequest.Field("project_id", "project_id must be the ID of one of your projects");
}
