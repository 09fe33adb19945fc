using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Taskmaster.AuthServer.Data.Migrations
{
    /// <summary>
    /// What an application's id_tokens are signed with; those there are go on with RS256. A start gives each signing key its key
    /// for ES256.
    /// </summary>
    public partial class SignIdTokensAsRegistered : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "id_token_algorithm",
                table: "clients",
                type: "character varying(10)",
                maxLength: 10,
                nullable: false,
                defaultValue: "RS256");

            migrationBuilder.AddColumn<byte[]>(
                name: "encrypted_elliptic",
                table: "protocol_keys",
                type: "bytea",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "id_token_algorithm",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "encrypted_elliptic",
                table: "protocol_keys");
        }
    }
}
