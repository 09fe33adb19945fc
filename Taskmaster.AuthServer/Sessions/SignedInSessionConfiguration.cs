using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Taskmaster.AuthServer.Users;

namespace Taskmaster.AuthServer.Sessions;

internal sealed class SignedInSessionConfiguration : IEntityTypeConfiguration<SignedInSession>
{
    public void Configure(EntityTypeBuilder<SignedInSession> builder)
    {
        builder.ToTable("sessions");
        builder.Property(session => session.Id).ValueGeneratedNever();
        builder.Property(session => session.Browser).HasMaxLength(SignedInSession.BrowserMaxLength);
        builder.Property(session => session.Address).HasMaxLength(SignedInSession.AddressMaxLength);
        builder.Property(session => session.SignedInAt);
        builder.HasOne<User>().WithMany().HasForeignKey(session => session.UserId).OnDelete(DeleteBehavior.Cascade)
            .HasConstraintName("fk_sessions_users_user_id");
    }
}
