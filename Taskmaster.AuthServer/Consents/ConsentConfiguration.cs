using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Users;

namespace Taskmaster.AuthServer.Consents;

internal sealed class ConsentConfiguration : IEntityTypeConfiguration<Consent>
{
    public void Configure(EntityTypeBuilder<Consent> builder)
    {
        builder.ToTable("consents");
        builder.HasKey(consent => new { consent.UserId, consent.ClientId });
        builder.HasOne<User>().WithMany().HasForeignKey(consent => consent.UserId).OnDelete(DeleteBehavior.Cascade)
            .HasConstraintName("fk_consents_users_user_id");
        builder.HasOne<Client>().WithMany().HasForeignKey(consent => consent.ClientId).OnDelete(DeleteBehavior.Cascade);
        builder.Property(consent => consent.Scopes);
        builder.Property(consent => consent.DocumentHash).HasMaxLength(Client.DocumentHashLength);
    }
}
