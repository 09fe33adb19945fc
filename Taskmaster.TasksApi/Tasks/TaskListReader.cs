using Microsoft.EntityFrameworkCore;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Lists;

namespace Taskmaster.TasksApi.Tasks;

internal sealed class TaskListReader(IServiceScopeFactory scopes) : IListReader<TaskList, TaskResponse>
{
    public Task<List<TaskResponse>> ReadAsync(TaskList list, Caller caller, CancellationToken cancellationToken) =>
        scopes.ReadInTimeAsync(db => list.Rows(db, caller).ToListAsync(CancellationToken.None), cancellationToken);
}
