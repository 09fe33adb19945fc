using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Data;

namespace Taskmaster.AuthServer.Sessions;

internal static class SessionTables
{
    extension(AuthDbContext database)
    {
        public DbSet<SignedInSession> Sessions => database.Set<SignedInSession>();

        public DbSet<SessionGrant> SessionGrants => database.Set<SessionGrant>();
    }
}
