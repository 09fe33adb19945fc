using Microsoft.EntityFrameworkCore;
using Taskmaster.TasksApi.Data;

namespace Taskmaster.TasksApi.Views;

internal static class SavedViewSet
{
    extension(TasksDbContext db)
    {
        public DbSet<SavedView> SavedViews => db.Set<SavedView>();
    }
}
