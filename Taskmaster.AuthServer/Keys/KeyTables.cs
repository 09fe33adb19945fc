using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Data;

namespace Taskmaster.AuthServer.Keys;

internal static class KeyTables
{
    extension(AuthDbContext database)
    {
        public DbSet<ProtocolKey> ProtocolKeys => database.Set<ProtocolKey>();
    }
}
