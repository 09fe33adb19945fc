using Microsoft.EntityFrameworkCore;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Lists;

namespace Taskmaster.TasksApi.Projects;

internal sealed class ProjectListReader(IServiceScopeFactory scopes) : IListReader<ProjectList, ProjectResponse>
{
    public Task<List<ProjectResponse>> ReadAsync(ProjectList list, Caller caller, CancellationToken cancellationToken) =>
        scopes.ReadInTimeAsync(db => list.Rows(db, caller).ToListAsync(CancellationToken.None), cancellationToken);
}
