using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Data;

namespace Taskmaster.AuthServer.Clients;

internal static class ClientTables
{
    extension(AuthDbContext database)
    {
        public DbSet<Client> Clients => database.Set<Client>();

        public DbSet<ClientSecret> ClientSecrets => database.Set<ClientSecret>();
    }
}
