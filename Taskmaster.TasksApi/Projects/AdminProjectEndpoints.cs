using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.TasksApi.Answers;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Lists;
using Taskmaster.TasksApi.Requests;

namespace Taskmaster.TasksApi.Projects;

/// <summary>Every user's projects, for callers who were granted the admin role.</summary>
internal static class AdminProjectEndpoints
{
    public static void MapAdminProjects(this IEndpointRouteBuilder api) =>
        api.MapGet("/admin/projects", ListAsync).WithName("listAdminProjects").RequireScope(TaskmasterScopes.TasksRead).RequireAdmin();

    /// <summary>By creation only: over all users' projects no other order has an index.</summary>
    private static readonly ListOrders<Project, ProjectResponse> Orders = new(project => project.Id);

    private static async Task<Results<Page<ProjectResponse>, InvalidRequest>> ListAsync(
        [AsParameters] AdminProjectListRequest request, IServiceScopeFactory scopes, CancellationToken cancellationToken)
    {
        var (search, userId) = (request.Search, request.UserId);
        var query = new QueryFields();
        var paging = ListPaging<Project, ProjectResponse>.Of(request, Orders, project => project.Id, query);
        if (search is not null && !StoredText.CanHold(search))
        {
            query.Wrong("search", "Search parameter must be a string", search);
        }

        if (query.Problem is { } problem)
        {
            return problem;
        }

        return paging.Page(await scopes.ReadInTimeAsync(
            db => paging.Apply(Found(db, search, userId)).Select(ProjectResponse.Projection).ToListAsync(CancellationToken.None),
            cancellationToken));
    }

    private static IQueryable<Project> Found(TasksDbContext db, string? search, string? userId)
    {
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

        return projects;
    }
}
