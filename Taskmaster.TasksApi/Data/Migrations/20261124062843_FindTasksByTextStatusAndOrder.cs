using Microsoft.EntityFrameworkCore.Migrations;
using NpgsqlTypes;

#nullable disable

namespace Taskmaster.TasksApi.Data.Migrations
{
    /// <inheritdoc />
    public partial class FindTasksByTextStatusAndOrder : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<NpgsqlTsVector>(
                name: "search",
                table: "tasks",
                type: "tsvector",
                nullable: true,
                computedColumnSql: "to_tsvector('simple', title || ' ' || description)",
                stored: true);

            migrationBuilder.AddColumn<NpgsqlTsVector>(
                name: "search",
                table: "projects",
                type: "tsvector",
                nullable: true,
                computedColumnSql: "to_tsvector('simple', name || ' ' || description)",
                stored: true);

            migrationBuilder.CreateIndex(
                name: "ix_tasks_owner_id_status_id",
                table: "tasks",
                columns: new[] { "owner_id", "status", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_tasks_owner_id_title_id",
                table: "tasks",
                columns: new[] { "owner_id", "title", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_tasks_owner_id_updated_at_id",
                table: "tasks",
                columns: new[] { "owner_id", "updated_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_tasks_search",
                table: "tasks",
                column: "search")
                .Annotation("Npgsql:IndexMethod", "GIN");

            migrationBuilder.CreateIndex(
                name: "ix_projects_search",
                table: "projects",
                column: "search")
                .Annotation("Npgsql:IndexMethod", "GIN");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_tasks_owner_id_status_id",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "ix_tasks_owner_id_title_id",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "ix_tasks_owner_id_updated_at_id",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "ix_tasks_search",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "ix_projects_search",
                table: "projects");

            migrationBuilder.DropColumn(
                name: "search",
                table: "tasks");

            migrationBuilder.DropColumn(
                name: "search",
                table: "projects");
        }
    }
}
