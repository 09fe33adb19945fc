using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Lists;
using Taskmaster.TasksApi.Requests;

namespace Taskmaster.TasksApi.Projects;

/// <summary>Those of a user's projects that a request asks for.</summary>
internal sealed record ProjectList(DateTime? UpdatedSince, NpgsqlTsQuery? Search, ListPaging<Project, ProjectResponse> Paging)
{
    private static readonly ListOrders<Project, ProjectResponse> Orders = new(project => project.Id)
    {
        { "updated_at", project => project.UpdatedAt, item => item.UpdatedAt },
        { "name", project => project.Name, item => item.Name },
    };

    public static ProjectList Of(ProjectListRequest request, QueryFields query) => new(
        query.Time("updated_since", request.UpdatedSince),
        query.Search("q", request.Search),
        ListPaging<Project, ProjectResponse>.Of(request, Orders, project => project.Id, query));

    public IQueryable<ProjectResponse> Rows(TasksDbContext db, Caller caller) =>
        Paging.Apply(Filtered(db, caller)).Select(ProjectResponse.Projection);

    private IQueryable<Project> Filtered(TasksDbContext db, Caller caller)
    {
        var projects = db.Projects.Where(project => project.OwnerId == caller.Owner);
        if (UpdatedSince is { } since)
        {
            projects = projects.Where(project => project.UpdatedAt >= since);
        }

        if (Search is { } words)
        {
            projects = projects.Where(project => project.Search!.Matches(words));
        }

        return projects;
    }
}
