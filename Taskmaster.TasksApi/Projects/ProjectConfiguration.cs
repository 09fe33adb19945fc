using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Search;

namespace Taskmaster.TasksApi.Projects;

internal sealed class ProjectConfiguration : IEntityTypeConfiguration<Project>
{
    public void Configure(EntityTypeBuilder<Project> builder)
    {
        builder.ToTable("projects", table =>
        {
            table.HasCheckConstraint("ck_projects_name", "char_length(name) > 0");
            table.HasCheckConstraint("ck_projects_description", "char_length(description) > 0");
        });

        builder.Property(project => project.Id).ValueGeneratedNever();
        builder.Property(project => project.Name).HasMaxLength(Project.NameMaxLength);
        builder.Property(project => project.Description).HasMaxLength(Project.DescriptionMaxLength);

        builder.Property(project => project.Version).IsConcurrencyToken();
        builder.Property(project => project.Via).HasConversion(Via.Converter);

        // Tasks refer to owner and id together, so that a task can never be in another user's project.
        // The same index lists an owner's projects in order: version 7 ids begin with their time.
        builder.HasAlternateKey(project => new { project.OwnerId, project.Id });
        builder.HasFullText();
    }
}
