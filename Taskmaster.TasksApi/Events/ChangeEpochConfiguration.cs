using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Taskmaster.TasksApi.Events;

internal sealed class ChangeEpochConfiguration : IEntityTypeConfiguration<ChangeEpoch>
{
    private const int IdMaxLength = 40;

    public void Configure(EntityTypeBuilder<ChangeEpoch> builder)
    {
        builder.ToTable("change_epochs");
        builder.Property(epoch => epoch.Id).HasMaxLength(IdMaxLength);
    }
}
