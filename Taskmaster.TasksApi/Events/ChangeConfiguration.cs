using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Data;

namespace Taskmaster.TasksApi.Events;

internal sealed class ChangeConfiguration : IEntityTypeConfiguration<Change>
{
    public const string Table = "changes";

    private const int NameMaxLength = 10;

    public void Configure(EntityTypeBuilder<Change> builder)
    {
        builder.ToTable(Table, table =>
        {
            table.HasCheckConstraint("ck_changes_subject", Constraints.OneOf<ChangeSubject>("subject"));
            table.HasCheckConstraint("ck_changes_kind", Constraints.OneOf<ChangeKind>("kind"));
        });

        // The order a caller's changes are read in.
        builder.HasKey(change => new { change.OwnerId, change.Xid, change.Seq });
        builder.Property(change => change.Xid).HasColumnType("xid8").HasDefaultValueSql("pg_current_xact_id()");
        builder.Property(change => change.Seq).UseIdentityAlwaysColumn();
        builder.Property(change => change.Subject).HasMaxLength(NameMaxLength)
            .HasConversion(subject => WireName<ChangeSubject>.Of(subject), name => WireName<ChangeSubject>.Parse(name));
        builder.Property(change => change.Kind).HasMaxLength(NameMaxLength)
            .HasConversion(kind => WireName<ChangeKind>.Of(kind), name => WireName<ChangeKind>.Parse(name));
        builder.Property(change => change.Via).HasConversion(Via.Converter);
        builder.Property(change => change.At).HasDefaultValueSql("now()");

        // The one finds whose changes are new, the other, small because time only goes on, which are old.
        builder.HasIndex(change => change.Xid);
        builder.HasIndex(change => change.At).HasMethod("brin");

        // The history of one task.
        builder.HasIndex(change => change.SubjectId);
    }
}
