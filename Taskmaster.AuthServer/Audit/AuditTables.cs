using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Data;

namespace Taskmaster.AuthServer.Audit;

internal static class AuditTables
{
    extension(AuthDbContext database)
    {
        public DbSet<AuditEvent> AuditEvents => database.Set<AuditEvent>();
    }
}
