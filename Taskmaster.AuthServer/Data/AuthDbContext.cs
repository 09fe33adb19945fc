using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.ApiKeys;
using Taskmaster.AuthServer.Audit;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Consents;
using Taskmaster.AuthServer.Keys;
using Taskmaster.AuthServer.Sessions;
using Taskmaster.AuthServer.Users;
using Taskmaster.ServiceDefaults.KeyRing;

namespace Taskmaster.AuthServer.Data;

/// <summary>
/// What must survive a lost Redis: users and their sessions, API keys, clients and their secrets, consents, keys, the audit
/// trail. Codes and tokens are not here.
/// </summary>
internal sealed class AuthDbContext(DbContextOptions<AuthDbContext> options) : DbContext(options)
{
    public DbSet<User> Users => Set<User>();

    public DbSet<Client> Clients => Set<Client>();

    public DbSet<ClientSecret> ClientSecrets => Set<ClientSecret>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<Consent> Consents => Set<Consent>();

    public DbSet<ProtocolKey> ProtocolKeys => Set<ProtocolKey>();

    public DbSet<SignedInSession> Sessions => Set<SignedInSession>();

    public DbSet<SessionGrant> SessionGrants => Set<SessionGrant>();

    public DbSet<AuditEvent> AuditEvents => Set<AuditEvent>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AuthDbContext).Assembly);
        KeyRingDbContext.MapKeys(modelBuilder);
    }
}
