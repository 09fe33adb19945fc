using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Taskmaster.TasksApi.Data.Migrations
{
    /// <inheritdoc />
    public partial class VersionRelationships : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "version",
                table: "task_relationships",
                type: "integer",
                nullable: false,
                defaultValue: 1);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "version",
                table: "task_relationships");
        }
    }
}
