using Microsoft.EntityFrameworkCore;

namespace Taskmaster.TasksApi.Data;

/// <summary>
/// tasksdb. It finds its tables by the <see cref="IEntityTypeConfiguration{TEntity}"/> beside each entity, and each feature names
/// its own set (<c>db.Tasks</c>, say), so that nothing here knows who stores what.
/// </summary>
internal sealed class TasksDbContext(DbContextOptions<TasksDbContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(TasksDbContext).Assembly);
}
