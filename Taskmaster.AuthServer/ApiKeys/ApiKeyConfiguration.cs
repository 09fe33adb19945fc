using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Taskmaster.AuthServer.Users;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.AuthServer.ApiKeys;

/// <summary>
/// The Tasks API reads this table, too (its ApiKeys folder says which columns): an expired key, or one without a row, opens nothing.
/// </summary>
internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("api_keys", table =>
        {
            table.HasCheckConstraint("ck_api_keys_hash", "octet_length(hash) = 32");
            table.HasCheckConstraint(
                "ck_api_keys_scopes",
                $"cardinality(scopes) > 0 AND scopes <@ ARRAY['{TaskmasterScopes.TasksRead}', '{TaskmasterScopes.TasksWrite}']::text[]");
        });
        builder.Property(key => key.Id).ValueGeneratedNever();
        builder.Property(key => key.Name).HasMaxLength(ApiKey.NameMaxLength);
        builder.Property(key => key.Hint).HasMaxLength(ApiKey.HintLength);
        builder.Property(key => key.LastFour).HasMaxLength(ApiKey.LastFourLength);
        builder.HasIndex(key => key.Hash).IsUnique();
        builder.HasIndex(key => key.UserId);
        builder.HasOne<User>().WithMany().HasForeignKey(key => key.UserId).OnDelete(DeleteBehavior.Cascade)
            .HasConstraintName("fk_api_keys_users_user_id");
    }
}
