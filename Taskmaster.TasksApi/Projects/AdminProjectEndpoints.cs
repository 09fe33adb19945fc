using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Taskmaster.ServiceDefaults;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Requests;

namespace Taskmaster.TasksApi.Projects;

/// <summary>Every user's projects, for callers who were granted the admin role.</summary>
internal static class AdminProjectEndpoints
{
    public static void MapAdminProjects(this IEndpointRouteBuilder api) =>
        api.MapGet("/admin/projects", ListAsync).WithName("listAdminProjects").RequireScope(TaskmasterScopes.TasksRead).RequireAdmin();

    private static async Task<Results<Ok<List<ProjectResponse>>, InvalidRequest>> ListAsync(
        string? search, [FromQuery(Name = "user_id")] string? userId, TasksDbContext db, CancellationToken cancellationToken)
    {
        if (search is not null && !StoredText.CanHold(search))
        {
            return InvalidRequest.Query("search", "Search parameter must be a string");
        }

        var projects = db.Projects.AsQueryable();
        if (search is { Length: > 0 })
        {
            projects = projects.Where(project => EF.Functions.ILike(project.Name, StoredText.Containing(search), StoredText.Escape));
        }

        if (userId is { Length: > 0 })
        {
            // A user's id is opaque to callers; one that is no id of ours belongs to nobody.
            var owner = Guid.TryParse(userId, out var id) ? id : Guid.Empty;
            projects = projects.Where(project => project.OwnerId == owner);
        }

        return TypedResults.Ok(await projects.OrderBy(project => project.Id).Select(ProjectResponse.Projection).ToListAsync(cancellationToken));
    }
}
