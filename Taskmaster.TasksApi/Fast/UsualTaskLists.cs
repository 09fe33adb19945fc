using Microsoft.EntityFrameworkCore;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Lists;
using Taskmaster.TasksApi.Tasks;

namespace Taskmaster.TasksApi.Fast;

/// <summary>Reads the two lists that are asked for most by themselves, and every other as <see cref="TaskListReader"/> does.</summary>
internal sealed class UsualTaskLists(UsualPage usual, Lazy<TasksDbContext> db) : IListReader<TaskList, TaskResponse>
{
    /// <summary>Translated to SQL once, instead of found in Entity Framework's cache at each request.</summary>
    private static readonly Func<TasksDbContext, Guid, Guid, Guid, int, IAsyncEnumerable<TaskResponse>> InProject =
        EF.CompileAsyncQuery((TasksDbContext db, Guid owner, Guid project, Guid after, int count) => db.Set<TaskItem>()
            .Where(task => task.OwnerId == owner && task.ProjectId == project && task.Id > after)
            .OrderBy(task => task.Id)
            .Take(count)
            .Select(TaskResponse.Projection));

    public async Task<List<TaskResponse>> ReadAsync(TaskList list, Caller caller, CancellationToken cancellationToken) => list switch
    {
        { Project: null, Status: null, Open: null, UpdatedSince: null, Search: null, Paging.AfterId: { } after } =>
            await usual.ReadAsync(caller.Owner, after, list.Paging.Read, cancellationToken),
        { Project: { } project, Status: null, Open: null, UpdatedSince: null, Search: null, Paging.AfterId: { } after } =>
            await InProject(db.Value, caller.Owner, project, after, list.Paging.Read).ToListAsync(cancellationToken),
        _ => await new TaskListReader(db.Value).ReadAsync(list, caller, cancellationToken),
    };
}
