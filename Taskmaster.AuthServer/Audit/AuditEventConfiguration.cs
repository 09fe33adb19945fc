using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Taskmaster.AuthServer.Audit;

internal sealed class AuditEventConfiguration : IEntityTypeConfiguration<AuditEvent>
{
    public void Configure(EntityTypeBuilder<AuditEvent> builder)
    {
        builder.ToTable("audit_events");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Type)
            .HasConversion(type => NameOf(type), name => TypeOf(name))
            .HasMaxLength(AuditEvent.TypeMaxLength);
        builder.Property(row => row.Actor).HasMaxLength(AuditEvent.ActorMaxLength);
        builder.Property(row => row.ClientId).HasMaxLength(AuditEvent.ClientIdMaxLength);
        builder.Property(row => row.Address).HasMaxLength(AuditEvent.AddressMaxLength);
        builder.Property(row => row.TraceId).HasMaxLength(AuditEvent.TraceIdLength);
        builder.Property(row => row.Details).HasMaxLength(AuditEvent.DetailsMaxLength);

        // A user's own, newest first.
        builder.HasIndex(row => new { row.UserId, row.Id });
    }

    public static string NameOf(AuditEventType type) => JsonNamingPolicy.SnakeCaseLower.ConvertName(type.ToString());

    private static AuditEventType TypeOf(string name) =>
        Enum.Parse<AuditEventType>(name.Replace("_", string.Empty, StringComparison.Ordinal), ignoreCase: true);
}
