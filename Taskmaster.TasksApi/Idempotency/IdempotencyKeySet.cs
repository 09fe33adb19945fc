using Microsoft.EntityFrameworkCore;
using Taskmaster.TasksApi.Data;

namespace Taskmaster.TasksApi.Idempotency;

internal static class IdempotencyKeySet
{
    extension(TasksDbContext db)
    {
        public DbSet<IdempotencyKey> IdempotencyKeys => db.Set<IdempotencyKey>();
    }
}
