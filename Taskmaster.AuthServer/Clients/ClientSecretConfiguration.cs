using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Taskmaster.AuthServer.Clients;

internal sealed class ClientSecretConfiguration : IEntityTypeConfiguration<ClientSecret>
{
    public void Configure(EntityTypeBuilder<ClientSecret> builder)
    {
        builder.ToTable("client_secrets", table => table.HasCheckConstraint("ck_client_secrets_hash", "octet_length(hash) = 32"));
        builder.Property(secret => secret.Id).ValueGeneratedNever();
        builder.Property(secret => secret.Name).HasMaxLength(ClientSecret.NameMaxLength);
        builder.Property(secret => secret.Prefix).HasMaxLength(ClientSecret.HintLength);
        builder.Property(secret => secret.LastFour).HasMaxLength(ClientSecret.HintLength);
    }
}
