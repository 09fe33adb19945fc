using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Taskmaster.ServiceDefaults.KeyRing;

/// <summary>The Data Protection keys all services share. AuthServer's migrations own the table.</summary>
public sealed class KeyRingDbContext(DbContextOptions<KeyRingDbContext> options) : DbContext(options), IDataProtectionKeyContext
{
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => MapKeys(modelBuilder);

    /// <summary>The mapping, also for the context whose migrations create the table.</summary>
    public static void MapKeys(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);

        var keys = modelBuilder.Entity<DataProtectionKey>().ToTable("data_protection_keys");
        keys.Property(key => key.Id).HasColumnName("id");
        keys.Property(key => key.FriendlyName).HasColumnName("friendly_name");
        keys.Property(key => key.Xml).HasColumnName("xml").IsRequired();
    }
}
