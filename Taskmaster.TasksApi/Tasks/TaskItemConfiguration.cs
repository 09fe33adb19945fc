using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Projects;
using Taskmaster.TasksApi.Search;

namespace Taskmaster.TasksApi.Tasks;

internal sealed class TaskItemConfiguration : IEntityTypeConfiguration<TaskItem>
{
    /// <summary>A task's project is one of its owner's.</summary>
    public const string ProjectForeignKey = "fk_tasks_projects";

    private const int StatusMaxLength = 20;

    public void Configure(EntityTypeBuilder<TaskItem> builder)
    {
        builder.ToTable("tasks", table =>
        {
            table.HasCheckConstraint("ck_tasks_title", "char_length(title) > 0");
            table.HasCheckConstraint("ck_tasks_description", "char_length(description) > 0");
            table.HasCheckConstraint("ck_tasks_status", Constraints.OneOf<TaskItemStatus>("status"));
        });

        builder.Property(task => task.Id).ValueGeneratedNever();
        builder.Property(task => task.Title).HasMaxLength(TaskItem.TitleMaxLength);
        builder.Property(task => task.Description).HasMaxLength(TaskItem.DescriptionMaxLength);
        builder.Property(task => task.Status).HasMaxLength(StatusMaxLength)
            .HasConversion(status => WireName<TaskItemStatus>.Of(status), name => WireName<TaskItemStatus>.Parse(name));

        builder.Property(task => task.Version).IsConcurrencyToken();
        builder.Property(task => task.Via).HasConversion(Via.Converter);

        // Relationships refer to owner and id together; the same index lists an owner's tasks in order (version 7 ids begin
        // with their time). It is named, because relationships, which are configured first, would have it named before the
        // table is.
        builder.HasAlternateKey(task => new { task.OwnerId, task.Id }).HasName("ak_tasks_owner_id_id");
        builder.HasIndex(task => new { task.OwnerId, task.ProjectId, task.Id });

        // A page of an account with many tasks must not read them all: one index for each order, one for the usual filter.
        builder.HasIndex(task => new { task.OwnerId, task.Status, task.Id });
        builder.HasIndex(task => new { task.OwnerId, task.UpdatedAt, task.Id });
        builder.HasIndex(task => new { task.OwnerId, task.Title, task.Id });
        builder.HasFullText();

        builder.HasOne<Project>().WithMany()
            .HasForeignKey(task => new { task.OwnerId, task.ProjectId })
            .HasPrincipalKey(project => new { project.OwnerId, project.Id })
            .HasConstraintName(ProjectForeignKey)
            .OnDelete(DeleteBehavior.Cascade);
    }
}
