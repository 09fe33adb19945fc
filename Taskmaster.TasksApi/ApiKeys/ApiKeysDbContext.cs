using Microsoft.EntityFrameworkCore;

namespace Taskmaster.TasksApi.ApiKeys;

/// <summary>
/// The API keys in authdb: found by their hash, and marked with when they were last used. AuthServer's migrations own
/// the table and AuthServer alone adds and removes rows.
/// </summary>
internal sealed class ApiKeysDbContext(DbContextOptions<ApiKeysDbContext> options) : DbContext(options)
{
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<ApiKey>().ToTable("api_keys");
}
