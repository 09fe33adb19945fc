using Microsoft.EntityFrameworkCore;
using Taskmaster.TasksApi.Events;
using Taskmaster.TasksApi.Idempotency;
using Taskmaster.TasksApi.Projects;
using Taskmaster.TasksApi.Relationships;
using Taskmaster.TasksApi.Tasks;

namespace Taskmaster.TasksApi.Data;

internal sealed class TasksDbContext(DbContextOptions<TasksDbContext> options) : DbContext(options)
{
    public DbSet<Project> Projects => Set<Project>();

    public DbSet<TaskItem> Tasks => Set<TaskItem>();

    public DbSet<Change> Changes => Set<Change>();

    public DbSet<IdempotencyKey> IdempotencyKeys => Set<IdempotencyKey>();

    public DbSet<TaskRelationship> Relationships => Set<TaskRelationship>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(TasksDbContext).Assembly);
}
