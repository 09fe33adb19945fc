using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Data;

namespace Taskmaster.AuthServer.Consents;

internal static class ConsentTables
{
    extension(AuthDbContext database)
    {
        public DbSet<Consent> Consents => database.Set<Consent>();
    }
}
