using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Taskmaster.AuthServer.Data.Migrations
{
    /// <summary>
    /// Until now a client without scopes was registered for all there are. That is written down, so that existing
    /// applications keep their tasks and nothing is allowed because something is missing.
    /// </summary>
    public partial class WriteDownWhatClientsAreRegisteredFor : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                "UPDATE clients SET scopes = ARRAY['openid', 'profile', 'email', 'offline_access', 'tasks:read', 'tasks:write'] " +
                "WHERE scopes IS NULL OR cardinality(scopes) = 0");

            migrationBuilder.AlterColumn<string[]>(
                name: "scopes",
                table: "clients",
                type: "text[]",
                nullable: false,
                oldClrType: typeof(string[]),
                oldType: "text[]",
                oldNullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<string[]>(
                name: "scopes",
                table: "clients",
                type: "text[]",
                nullable: true,
                oldClrType: typeof(string[]),
                oldType: "text[]");
        }
    }
}
