using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Taskmaster.AuthServer.Data.Migrations
{
    /// <summary>The homepage of an application, and its privacy policy, for whoever is asked to let it in.</summary>
    public partial class LetApplicationsSayWhereTheyAre : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "client_uri",
                table: "clients",
                type: "character varying(2000)",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "policy_uri",
                table: "clients",
                type: "character varying(2000)",
                maxLength: 2000,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "client_uri",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "policy_uri",
                table: "clients");
        }
    }
}
