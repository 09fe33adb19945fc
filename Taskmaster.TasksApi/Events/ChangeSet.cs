using Microsoft.EntityFrameworkCore;
using Taskmaster.TasksApi.Data;

namespace Taskmaster.TasksApi.Events;

internal static class ChangeSet
{
    extension(TasksDbContext db)
    {
        public DbSet<Change> Changes => db.Set<Change>();
    }
}
