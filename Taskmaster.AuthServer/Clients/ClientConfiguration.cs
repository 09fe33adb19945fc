using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Taskmaster.AuthServer.Users;

namespace Taskmaster.AuthServer.Clients;

internal sealed class ClientConfiguration : IEntityTypeConfiguration<Client>
{
    /// <summary>Of a <c>client_id</c> that is the address of a metadata document; those that Taskmaster makes are short.</summary>
    public const int ClientIdMaxLength = 255;

    public void Configure(EntityTypeBuilder<Client> builder)
    {
        builder.ToTable("clients", table =>
        {
            table.HasCheckConstraint(
                "ck_clients_owner",
                "is_first_party OR owner_id IS NOT NULL OR registration_token_hash IS NOT NULL OR document_fetched_at IS NOT NULL");
            table.HasCheckConstraint("ck_clients_registration_token_hash", "octet_length(registration_token_hash) = 32");
            table.HasCheckConstraint(
                "ck_clients_document",
                "num_nulls(document_fetched_at, document_fresh_until, document_hash) IN (0, 3)");
        });
        builder.Property(client => client.Id).ValueGeneratedNever();
        builder.Property(client => client.ClientId).HasMaxLength(ClientIdMaxLength);
        builder.Property(client => client.Name).HasMaxLength(Client.NameMaxLength);
        builder.Property(client => client.RedirectUris);
        builder.Property(client => client.PostLogoutRedirectUris);
        builder.Property(client => client.ClientUri).HasMaxLength(Client.LinkMaxLength);
        builder.Property(client => client.PolicyUri).HasMaxLength(Client.LinkMaxLength);
        builder.Property(client => client.GrantTypes);
        builder.Property(client => client.Scopes);
        builder.Property(client => client.AuthenticationMethod).HasMaxLength(50);
        builder.Property(client => client.IdTokenAlgorithm).HasMaxLength(10);
        builder.Property(client => client.JsonWebKeys).HasMaxLength(ClientKeys.MaxLength);
        builder.Property(client => client.DocumentHash).HasMaxLength(Client.DocumentHashLength);
        builder.HasIndex(client => client.ClientId).IsUnique();
        builder.HasOne<User>().WithMany().HasForeignKey(client => client.OwnerId).OnDelete(DeleteBehavior.Cascade)
            .HasConstraintName("fk_clients_users_owner_id");
        builder.HasMany(client => client.Secrets).WithOne().HasForeignKey(secret => secret.ClientId).OnDelete(DeleteBehavior.Cascade);
    }
}
