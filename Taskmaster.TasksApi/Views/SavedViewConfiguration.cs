using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Taskmaster.TasksApi.Views;

internal sealed class SavedViewConfiguration : IEntityTypeConfiguration<SavedView>
{
    public const string UniquePlace = "ux_saved_views_owner_id_place";
    public const string UniqueLabel = "ux_saved_views_owner_id_label";

    public void Configure(EntityTypeBuilder<SavedView> builder)
    {
        builder.ToTable("saved_views", table =>
            table.HasCheckConstraint("ck_saved_views_place", $"place BETWEEN 1 AND {SavedView.Most}"));
        builder.Property(view => view.Id).ValueGeneratedNever();
        builder.Property(view => view.Label).HasMaxLength(SavedView.LabelMaxLength);
        builder.Property(view => view.Query).HasMaxLength(SavedView.QueryMaxLength);
        builder.HasIndex(view => new { view.OwnerId, view.Place }).IsUnique().HasDatabaseName(UniquePlace);
        builder.HasIndex(view => new { view.OwnerId, view.Label }).IsUnique().HasDatabaseName(UniqueLabel);
    }
}
