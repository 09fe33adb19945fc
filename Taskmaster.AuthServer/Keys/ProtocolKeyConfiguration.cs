using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Taskmaster.AuthServer.Keys;

internal sealed class ProtocolKeyConfiguration : IEntityTypeConfiguration<ProtocolKey>
{
    public void Configure(EntityTypeBuilder<ProtocolKey> builder)
    {
        builder.ToTable("protocol_keys");
        builder.Property(key => key.Id).ValueGeneratedNever();
        builder.Property(key => key.Use).HasConversion<string>().HasMaxLength(20);
        builder.Property(key => key.Encrypted);
        builder.Property(key => key.EncryptedElliptic);
        builder.Property(key => key.ActiveFrom);
    }
}
