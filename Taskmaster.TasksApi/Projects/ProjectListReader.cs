using Microsoft.EntityFrameworkCore;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Lists;

namespace Taskmaster.TasksApi.Projects;

internal sealed class ProjectListReader(TasksDbContext db) : IListReader<ProjectList, ProjectResponse>
{
    public Task<List<ProjectResponse>> ReadAsync(ProjectList list, Caller caller, CancellationToken cancellationToken) =>
        list.Rows(db, caller).ToListAsync(cancellationToken);
}
