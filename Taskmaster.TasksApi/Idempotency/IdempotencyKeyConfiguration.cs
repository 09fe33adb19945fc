using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Taskmaster.TasksApi.Idempotency;

internal sealed class IdempotencyKeyConfiguration : IEntityTypeConfiguration<IdempotencyKey>
{
    public const string Table = "idempotency_keys";

    public void Configure(EntityTypeBuilder<IdempotencyKey> builder)
    {
        builder.ToTable(Table);

        // Owner first: a key is its caller's own, and somebody else's of the same name is another one.
        builder.HasKey(key => new { key.OwnerId, key.Key });
        builder.Property(key => key.Key).HasMaxLength(IdempotencyKey.KeyMaxLength);
        builder.Property(key => key.ETag).HasColumnName("etag");
        builder.Ignore(key => key.Answer);

        // Finds the expired ones.
        builder.HasIndex(key => key.CreatedAt);
    }
}
