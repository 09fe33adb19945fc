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

namespace Taskmaster.TasksApi.Projects;

internal static class ProjectEndpoints
{
    public static void MapProjects(this IEndpointRouteBuilder api)
    {
        api.MapPost("/projects", CreateAsync)
            .WithName("createProject")
            .RequireScope(TaskmasterScopes.TasksWrite)
            .WithIdempotencyKey()
            .WithEntityTag();
        api.MapGet("/projects", ListAsync).WithName("listProjects").RequireScope(TaskmasterScopes.TasksRead);
        api.MapGet("/projects/{id}", GetAsync).WithName("getProject").RequireScope(TaskmasterScopes.TasksRead).WithEntityTag();
        api.MapPut("/projects/{id}", UpdateAsync).WithName("updateProject").RequireScope(TaskmasterScopes.TasksWrite).WithEntityTag();
        api.MapPatch("/projects/{id}", UpdateAsync).WithName("patchProject").RequireScope(TaskmasterScopes.TasksWrite).WithEntityTag();
        api.MapDelete("/projects/{id}", DeleteAsync).WithName("deleteProject").RequireScope(TaskmasterScopes.TasksWrite);
    }

    private static async Task<Results<Created<ProjectResponse>, InvalidRequest, PreconditionFailed>> CreateAsync(
        Caller caller, Via? via, Body<NewProject> body, Preconditions preconditions, TasksDbContext db, TimeProvider clock,
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

        var project = Project.Create(caller.Owner, body.Value.Name, body.Value.Description, via, clock);
        db.Add(project);
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.Created($"/api/projects/{project.Id}", ProjectResponse.Of(project));
    }

    private static async Task<Results<Page<ProjectResponse>, InvalidRequest>> ListAsync(
        Caller caller, [AsParameters] ProjectListRequest request, IListReader<ProjectList, ProjectResponse> projects,
        CancellationToken cancellationToken)
    {
        var query = new QueryFields();
        var list = ProjectList.Of(request, query);
        return query.Problem is { } problem ? problem : list.Paging.Page(await projects.ReadAsync(list, caller, cancellationToken));
    }

    private static async Task<Results<Ok<ProjectResponse>, NotFound>> GetAsync(
        Caller caller, Guid id, TasksDbContext db, CancellationToken cancellationToken) =>
        await db.Projects
            .Where(project => project.OwnerId == caller.Owner && project.Id == id)
            .Select(ProjectResponse.Projection)
            .SingleOrDefaultAsync(cancellationToken) is { } found
            ? TypedResults.Ok(found)
            : TypedResults.NotFound();

    /// <summary>PUT and PATCH (RFC 7396) mean the same: what is not named stays.</summary>
    private static async Task<Results<Ok<ProjectResponse>, NotFound, InvalidRequest, PreconditionFailed>> UpdateAsync(
        Caller caller, Via? via, Guid id, Body<ProjectChanges> body, Preconditions preconditions, TasksDbContext db, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (body.Problem is { } problem)
        {
            return problem;
        }

        // Again whenever somebody else was faster: their change is then there to see, and to be judged by If-Match.
        while (await db.Projects.SingleOrDefaultAsync(
            project => project.OwnerId == caller.Owner && project.Id == id, cancellationToken) is { } project)
        {
            if (!preconditions.HoldFor(project))
            {
                return new PreconditionFailed();
            }

            project.Change(body.Value.Name, body.Value.Description, via, clock);
            if (await db.SaveUnlessOvertakenAsync(cancellationToken))
            {
                return TypedResults.Ok(ProjectResponse.Of(project));
            }
        }

        return TypedResults.NotFound();
    }

    private static async Task<Results<NoContent, NotFound, PreconditionFailed>> DeleteAsync(
        Caller caller, Via? via, Guid id, Preconditions preconditions, TasksDbContext db, CancellationToken cancellationToken)
    {
        while (await db.Projects.AsNoTracking().SingleOrDefaultAsync(
            project => project.OwnerId == caller.Owner && project.Id == id, cancellationToken) is { } project)
        {
            if (!preconditions.HoldFor(project))
            {
                return new PreconditionFailed();
            }

            // What it tells the trigger holds for the tasks that go with it, too (decision 24).
            var deleted = await db.Database.ExecuteSqlAsync(
                $"""
                DELETE FROM projects
                WHERE owner_id = {caller.Owner} AND id = {id} AND version = {project.Version}
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
}
