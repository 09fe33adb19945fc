using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Taskmaster.AuthServer.Data.Migrations
{
    /// <summary>
    /// How a new secret begins and ends, for its owner to tell it by. Those that are there were kept as a hash, which does not tell.
    /// </summary>
    public partial class KeepTheEndsOfSecrets : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "last_four",
                table: "client_secrets",
                type: "character varying(4)",
                maxLength: 4,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "prefix",
                table: "client_secrets",
                type: "character varying(4)",
                maxLength: 4,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "last_four",
                table: "api_keys",
                type: "character varying(4)",
                maxLength: 4,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "last_four",
                table: "client_secrets");

            migrationBuilder.DropColumn(
                name: "prefix",
                table: "client_secrets");

            migrationBuilder.DropColumn(
                name: "last_four",
                table: "api_keys");
        }
    }
}
