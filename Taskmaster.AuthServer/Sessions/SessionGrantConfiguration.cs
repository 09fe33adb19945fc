using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Taskmaster.AuthServer.Sessions;

internal sealed class SessionGrantConfiguration : IEntityTypeConfiguration<SessionGrant>
{
    public void Configure(EntityTypeBuilder<SessionGrant> builder)
    {
        builder.ToTable("session_grants");
        builder.HasKey(grant => grant.GrantId);
        builder.Property(grant => grant.GrantId).HasMaxLength(SessionGrant.GrantIdMaxLength);
        builder.HasOne<SignedInSession>().WithMany().HasForeignKey(grant => grant.SessionId).OnDelete(DeleteBehavior.Cascade)
            .HasConstraintName("fk_session_grants_sessions_session_id");
    }
}
