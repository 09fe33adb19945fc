using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Taskmaster.TasksApi.Data.Migrations
{
    /// <summary>
    /// What is deleted is kept for a while. A task is when it was deleted itself (trigger depth 0), and a relationship when it went with
    /// such a task (depth 1): what goes with a project is gone.
    /// </summary>
    public partial class KeepDeletedTasks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "deleted_rows",
                columns: table => new
                {
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    content = table.Column<string>(type: "jsonb", nullable: false),
                    deleted_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_deleted_rows", x => new { x.owner_id, x.kind, x.id });
                    table.CheckConstraint("ck_deleted_rows_kind", "kind IN ('task', 'relationship')");
                });

            migrationBuilder.CreateIndex(
                name: "ix_changes_subject_id",
                table: "changes",
                column: "subject_id");

            migrationBuilder.CreateIndex(
                name: "ix_deleted_rows_deleted_at",
                table: "deleted_rows",
                column: "deleted_at");

            migrationBuilder.Sql("""
                CREATE FUNCTION keep_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    INSERT INTO deleted_rows (owner_id, kind, id, content) VALUES (OLD.owner_id, TG_ARGV[0], OLD.id, to_jsonb(OLD));
                    RETURN NULL;
                END $$;
                CREATE TRIGGER keep_deleted_task AFTER DELETE ON tasks FOR EACH ROW
                    WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION keep_deleted('task');
                CREATE TRIGGER keep_deleted_relationship AFTER DELETE ON task_relationships FOR EACH ROW
                    WHEN (pg_trigger_depth() = 1) EXECUTE FUNCTION keep_deleted('relationship');
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP TRIGGER keep_deleted_relationship ON task_relationships;
                DROP TRIGGER keep_deleted_task ON tasks;
                DROP FUNCTION keep_deleted();
                """);

            migrationBuilder.DropIndex(
                name: "ix_changes_subject_id",
                table: "changes");

            migrationBuilder.DropTable(
                name: "deleted_rows");
        }
    }
}
