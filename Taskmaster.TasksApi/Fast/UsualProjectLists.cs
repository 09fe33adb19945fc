using Microsoft.EntityFrameworkCore;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Lists;
using Taskmaster.TasksApi.Projects;

namespace Taskmaster.TasksApi.Fast;

/// <summary>
/// Reads a user's projects in their usual order by a query of its own, and every other list as <see cref="ProjectListReader"/> does.
/// </summary>
internal sealed class UsualProjectLists(TasksDbContext db) : IListReader<ProjectList, ProjectResponse>
{
    /// <summary>Translated to SQL once, instead of found in Entity Framework's cache at each request.</summary>
    private static readonly Func<TasksDbContext, Guid, Guid, int, IAsyncEnumerable<ProjectResponse>> Usual =
        EF.CompileAsyncQuery((TasksDbContext db, Guid owner, Guid after, int count) => db.Set<Project>()
            .Where(project => project.OwnerId == owner && project.Id > after)
            .OrderBy(project => project.Id)
            .Take(count)
            .Select(ProjectResponse.Projection));

    public async Task<List<ProjectResponse>> ReadAsync(ProjectList list, Caller caller, CancellationToken cancellationToken) => list switch
    {
        { UpdatedSince: null, Search: null, Paging.AfterId: { } after } =>
            await Usual(db, caller.Owner, after, list.Paging.Read).ToListAsync(cancellationToken),
        _ => await new ProjectListReader(db).ReadAsync(list, caller, cancellationToken),
    };
}
