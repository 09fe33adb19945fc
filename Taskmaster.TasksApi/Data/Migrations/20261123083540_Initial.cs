using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Taskmaster.TasksApi.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "projects",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    description = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_projects", x => x.id);
                    table.UniqueConstraint("ak_projects_owner_id_id", x => new { x.owner_id, x.id });
                    table.CheckConstraint("ck_projects_description", "char_length(description) > 0");
                    table.CheckConstraint("ck_projects_name", "char_length(name) > 0");
                });

            migrationBuilder.CreateTable(
                name: "tasks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    project_id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    description = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks", x => x.id);
                    table.UniqueConstraint("ak_tasks_owner_id_id", x => new { x.owner_id, x.id });
                    table.CheckConstraint("ck_tasks_description", "char_length(description) > 0");
                    table.CheckConstraint("ck_tasks_status", "status IN ('backlog', 'triage', 'todo', 'in_progress', 'done', 'canceled')");
                    table.CheckConstraint("ck_tasks_title", "char_length(title) > 0");
                    table.ForeignKey(
                        name: "fk_tasks_projects",
                        columns: x => new { x.owner_id, x.project_id },
                        principalTable: "projects",
                        principalColumns: new[] { "owner_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "task_relationships",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    task_id = table.Column<Guid>(type: "uuid", nullable: false),
                    related_task_id = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_task_relationships", x => x.id);
                    table.CheckConstraint("ck_task_relationships_not_itself", "task_id <> related_task_id");
                    table.CheckConstraint("ck_task_relationships_type", "type IN ('blocks', 'relates_to', 'duplicates')");
                    table.ForeignKey(
                        name: "fk_task_relationships_related_task",
                        columns: x => new { x.owner_id, x.related_task_id },
                        principalTable: "tasks",
                        principalColumns: new[] { "owner_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_task_relationships_task",
                        columns: x => new { x.owner_id, x.task_id },
                        principalTable: "tasks",
                        principalColumns: new[] { "owner_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_task_relationships_owner_id_related_task_id",
                table: "task_relationships",
                columns: new[] { "owner_id", "related_task_id" });

            migrationBuilder.CreateIndex(
                name: "ux_task_relationships_pair",
                table: "task_relationships",
                columns: new[] { "owner_id", "task_id", "related_task_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_tasks_owner_id_project_id_id",
                table: "tasks",
                columns: new[] { "owner_id", "project_id", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "task_relationships");

            migrationBuilder.DropTable(
                name: "tasks");

            migrationBuilder.DropTable(
                name: "projects");
        }
    }
}
