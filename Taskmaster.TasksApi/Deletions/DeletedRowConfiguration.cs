using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Taskmaster.TasksApi.Deletions;

internal sealed class DeletedRowConfiguration : IEntityTypeConfiguration<DeletedRow>
{
    public const string Table = "deleted_rows";

    private const int KindMaxLength = 12;

    public void Configure(EntityTypeBuilder<DeletedRow> builder)
    {
        builder.ToTable(Table, table => table.HasCheckConstraint(
            "ck_deleted_rows_kind", $"kind IN ('{DeletedRow.Task}', '{DeletedRow.Relationship}')"));
        builder.HasKey(row => new { row.OwnerId, row.Kind, row.Id });
        builder.Property(row => row.Kind).HasMaxLength(KindMaxLength);
        builder.Property(row => row.Content).HasColumnType("jsonb");
        builder.Property(row => row.DeletedAt).HasDefaultValueSql("now()");

        // Finds the expired ones.
        builder.HasIndex(row => row.DeletedAt);
    }
}
