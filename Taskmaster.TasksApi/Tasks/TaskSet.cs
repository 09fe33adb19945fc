using Microsoft.EntityFrameworkCore;
using Taskmaster.TasksApi.Data;

namespace Taskmaster.TasksApi.Tasks;

internal static class TaskSet
{
    extension(TasksDbContext db)
    {
        public DbSet<TaskItem> Tasks => db.Set<TaskItem>();
    }
}
