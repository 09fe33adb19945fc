using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Data;

namespace Taskmaster.AuthServer.Users;

internal static class UserTables
{
    extension(AuthDbContext database)
    {
        public DbSet<User> Users => database.Set<User>();
    }
}
