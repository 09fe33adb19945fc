using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Tasks;

namespace Taskmaster.TasksApi.Relationships;

internal sealed class RelationshipConfiguration : IEntityTypeConfiguration<TaskRelationship>
{
    public const string TaskForeignKey = "fk_task_relationships_task";
    public const string RelatedTaskForeignKey = "fk_task_relationships_related_task";
    public const string UniquePair = "ux_task_relationships_pair";

    private const int TypeMaxLength = 20;

    public void Configure(EntityTypeBuilder<TaskRelationship> builder)
    {
        builder.ToTable("task_relationships", table =>
        {
            table.HasCheckConstraint("ck_task_relationships_not_itself", "task_id <> related_task_id");
            table.HasCheckConstraint("ck_task_relationships_type", Constraints.OneOf<RelationshipType>("type"));
        });

        builder.Property(relationship => relationship.Id).ValueGeneratedNever();
        builder.Property(relationship => relationship.Type).HasMaxLength(TypeMaxLength)
            .HasConversion(type => WireName<RelationshipType>.Of(type), name => WireName<RelationshipType>.Parse(name));
        builder.Property(relationship => relationship.Version).IsConcurrencyToken();

        // Owner first: the index also finds the relationships of one of the owner's tasks, and carries the first foreign key.
        builder.HasIndex(relationship => new { relationship.OwnerId, relationship.TaskId, relationship.RelatedTaskId })
            .IsUnique().HasDatabaseName(UniquePair);
        builder.HasIndex(relationship => new { relationship.OwnerId, relationship.RelatedTaskId });

        builder.HasOne<TaskItem>().WithMany()
            .HasForeignKey(relationship => new { relationship.OwnerId, relationship.TaskId })
            .HasPrincipalKey(task => new { task.OwnerId, task.Id })
            .HasConstraintName(TaskForeignKey)
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<TaskItem>().WithMany()
            .HasForeignKey(relationship => new { relationship.OwnerId, relationship.RelatedTaskId })
            .HasPrincipalKey(task => new { task.OwnerId, task.Id })
            .HasConstraintName(RelatedTaskForeignKey)
            .OnDelete(DeleteBehavior.Cascade);
    }
}
