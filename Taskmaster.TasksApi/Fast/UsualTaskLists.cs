using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Lists;
using Taskmaster.TasksApi.Tasks;

namespace Taskmaster.TasksApi.Fast;

/// <summary>Reads the list that is asked for most by itself, and every other as <see cref="TaskListReader"/> does.</summary>
internal sealed class UsualTaskLists(UsualPage usual, IServiceScopeFactory scopes) : IListReader<TaskList, TaskResponse>
{
    public async Task<List<TaskResponse>> ReadAsync(TaskList list, Caller caller, CancellationToken cancellationToken) => list switch
    {
        { Project: null, Status: null, Open: null, UpdatedSince: null, Search: null, Paging.AfterId: { } after } =>
            await usual.ReadAsync(caller.Owner, after, list.Paging.Read, cancellationToken),
        _ => await new TaskListReader(scopes).ReadAsync(list, caller, cancellationToken),
    };
}
