using Microsoft.EntityFrameworkCore;
using Taskmaster.ServiceDefaults.KeyRing;

namespace Taskmaster.AuthServer.Data;

/// <summary>
/// What must survive a lost Redis: users and their sessions, API keys, clients and their secrets, consents, keys, the audit
/// trail. Codes and tokens are not here. What each of them is, their own folders say: a mapping beside the entity, and the
/// table as a property of this class.
/// </summary>
internal sealed class AuthDbContext(DbContextOptions<AuthDbContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AuthDbContext).Assembly);
        KeyRingDbContext.MapKeys(modelBuilder);
    }
}
