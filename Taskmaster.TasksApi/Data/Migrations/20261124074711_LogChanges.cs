using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Taskmaster.TasksApi.Data.Migrations
{
    /// <inheritdoc />
    public partial class LogChanges : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "changes",
                columns: table => new
                {
                    xid = table.Column<ulong>(type: "xid8", nullable: false, defaultValueSql: "pg_current_xact_id()"),
                    seq = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_changes", x => new { x.owner_id, x.xid, x.seq });
                    table.CheckConstraint("ck_changes_kind", "kind IN ('created', 'updated', 'deleted')");
                    table.CheckConstraint("ck_changes_subject", "subject IN ('task', 'project')");
                });

            migrationBuilder.CreateIndex(
                name: "ix_changes_at",
                table: "changes",
                column: "at")
                .Annotation("Npgsql:IndexMethod", "brin");

            migrationBuilder.CreateIndex(
                name: "ix_changes_xid",
                table: "changes",
                column: "xid");

            migrationBuilder.Sql("""
                CREATE FUNCTION log_change() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF TG_OP = 'DELETE' THEN
                        INSERT INTO changes (owner_id, subject, subject_id, kind) VALUES (OLD.owner_id, TG_ARGV[0], OLD.id, 'deleted');
                    ELSE
                        INSERT INTO changes (owner_id, subject, subject_id, kind)
                        VALUES (NEW.owner_id, TG_ARGV[0], NEW.id, CASE TG_OP WHEN 'INSERT' THEN 'created' ELSE 'updated' END);
                    END IF;
                    RETURN NULL;
                END $$;
                CREATE TRIGGER log_task_change AFTER INSERT OR UPDATE OR DELETE ON tasks FOR EACH ROW EXECUTE FUNCTION log_change('task');
                CREATE TRIGGER log_project_change AFTER INSERT OR UPDATE OR DELETE ON projects FOR EACH ROW EXECUTE FUNCTION log_change('project');
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP TRIGGER log_task_change ON tasks;
                DROP TRIGGER log_project_change ON projects;
                DROP FUNCTION log_change();
                """);

            migrationBuilder.DropTable(
                name: "changes");
        }
    }
}
