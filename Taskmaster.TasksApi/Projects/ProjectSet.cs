using Microsoft.EntityFrameworkCore;
using Taskmaster.TasksApi.Data;

namespace Taskmaster.TasksApi.Projects;

internal static class ProjectSet
{
    extension(TasksDbContext db)
    {
        public DbSet<Project> Projects => db.Set<Project>();
    }
}
