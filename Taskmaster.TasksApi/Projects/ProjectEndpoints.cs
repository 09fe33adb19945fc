using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Taskmaster.ServiceDefaults;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Requests;

namespace Taskmaster.TasksApi.Projects;

internal static class ProjectEndpoints
{
    public static void MapProjects(this IEndpointRouteBuilder api)
    {
        api.MapPost("/projects", CreateAsync).WithName("createProject").RequireScope(TaskmasterScopes.TasksWrite);
        api.MapGet("/projects", ListAsync).WithName("listProjects").RequireScope(TaskmasterScopes.TasksRead);
        api.MapGet("/projects/{id}", GetAsync).WithName("getProject").RequireScope(TaskmasterScopes.TasksRead);
        api.MapPut("/projects/{id}", UpdateAsync).WithName("updateProject").RequireScope(TaskmasterScopes.TasksWrite);
        api.MapDelete("/projects/{id}", DeleteAsync).WithName("deleteProject").RequireScope(TaskmasterScopes.TasksWrite);
    }

    private static readonly Func<TasksDbContext, Guid, IAsyncEnumerable<ProjectResponse>> OwnedBy =
        EF.CompileAsyncQuery((TasksDbContext db, Guid owner) => db.Projects
            .Where(project => project.OwnerId == owner)
            .OrderBy(project => project.Id)
            .Select(ProjectResponse.Projection));

    private static async Task<Results<Created<ProjectResponse>, InvalidRequest>> CreateAsync(
        Caller caller, Body<NewProject> body, TasksDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (body.Problem is { } problem)
        {
            return problem;
        }

        var project = Project.Create(caller.Owner, body.Value.Name, body.Value.Description, clock);
        db.Add(project);
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.Created($"/api/projects/{project.Id}", ProjectResponse.Of(project));
    }

    private static async Task<Ok<List<ProjectResponse>>> ListAsync(Caller caller, TasksDbContext db, CancellationToken cancellationToken) =>
        TypedResults.Ok(await OwnedBy(db, caller.Owner).ToListAsync(cancellationToken));

    private static async Task<Results<Ok<ProjectResponse>, NotFound>> GetAsync(
        Caller caller, Guid id, TasksDbContext db, CancellationToken cancellationToken) =>
        await db.Projects
            .Where(project => project.OwnerId == caller.Owner && project.Id == id)
            .Select(ProjectResponse.Projection)
            .SingleOrDefaultAsync(cancellationToken) is { } found
            ? TypedResults.Ok(found)
            : TypedResults.NotFound();

    private static async Task<Results<Ok<ProjectResponse>, NotFound, InvalidRequest>> UpdateAsync(
        Caller caller, Guid id, Body<ProjectChanges> body, TasksDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (body.Problem is { } problem)
        {
            return problem;
        }

        var project = await db.Projects.SingleOrDefaultAsync(
            project => project.OwnerId == caller.Owner && project.Id == id, cancellationToken);
        if (project is null)
        {
            return TypedResults.NotFound();
        }

        project.Change(body.Value.Name, body.Value.Description, clock);
        return await db.SaveUnlessDeletedAsync(cancellationToken) ? TypedResults.Ok(ProjectResponse.Of(project)) : TypedResults.NotFound();
    }

    private static async Task<Results<NoContent, NotFound>> DeleteAsync(
        Caller caller, Guid id, TasksDbContext db, CancellationToken cancellationToken) =>
        await db.Projects.Where(project => project.OwnerId == caller.Owner && project.Id == id).ExecuteDeleteAsync(cancellationToken) == 1
            ? TypedResults.NoContent()
            : TypedResults.NotFound();
}
