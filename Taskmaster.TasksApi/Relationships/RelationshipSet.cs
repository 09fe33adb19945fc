using Microsoft.EntityFrameworkCore;
using Taskmaster.TasksApi.Data;

namespace Taskmaster.TasksApi.Relationships;

internal static class RelationshipSet
{
    extension(TasksDbContext db)
    {
        public DbSet<TaskRelationship> Relationships => db.Set<TaskRelationship>();
    }
}
