using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Data;

namespace Taskmaster.AuthServer.ApiKeys;

internal static class ApiKeyTables
{
    extension(AuthDbContext database)
    {
        public DbSet<ApiKey> ApiKeys => database.Set<ApiKey>();
    }
}
