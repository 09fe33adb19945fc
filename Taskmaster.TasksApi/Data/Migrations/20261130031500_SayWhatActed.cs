using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Taskmaster.TasksApi.Data.Migrations
{
    /// <summary>
    /// Changes say what acted for the user. A row that is written has it, and the trigger copies it; a deletion leaves no row, and tells
    /// it by a setting of its transaction. What is written past the API raises no version, and has no word about it.
    /// </summary>
    public partial class SayWhatActed : Migration
    {
        private static readonly string[] Tables = ["changes", "projects", "tasks"];

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            foreach (var table in Tables)
            {
                migrationBuilder.AddColumn<string>(name: "via", table: table, type: "text", nullable: true);
            }

            migrationBuilder.Sql("""
                CREATE OR REPLACE FUNCTION log_change() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF TG_OP = 'DELETE' THEN
                        INSERT INTO changes (owner_id, subject, subject_id, kind, via)
                        VALUES (OLD.owner_id, TG_ARGV[0], OLD.id, 'deleted', NULLIF(current_setting('taskmaster.via', true), ''));
                    ELSIF TG_OP = 'INSERT' THEN
                        INSERT INTO changes (owner_id, subject, subject_id, kind, via)
                        VALUES (NEW.owner_id, TG_ARGV[0], NEW.id, 'created', NEW.via);
                    ELSIF NOT (OLD.search IS NULL AND NEW.search IS NOT NULL AND NEW.version = OLD.version) THEN
                        INSERT INTO changes (owner_id, subject, subject_id, kind, via)
                        VALUES (
                            NEW.owner_id, TG_ARGV[0], NEW.id, 'updated', CASE WHEN NEW.version <> OLD.version THEN NEW.via END);
                    END IF;
                    RETURN NULL;
                END $$;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                CREATE OR REPLACE FUNCTION log_change() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF TG_OP = 'DELETE' THEN
                        INSERT INTO changes (owner_id, subject, subject_id, kind) VALUES (OLD.owner_id, TG_ARGV[0], OLD.id, 'deleted');
                    ELSIF TG_OP = 'INSERT' THEN
                        INSERT INTO changes (owner_id, subject, subject_id, kind) VALUES (NEW.owner_id, TG_ARGV[0], NEW.id, 'created');
                    ELSIF NOT (OLD.search IS NULL AND NEW.search IS NOT NULL AND NEW.version = OLD.version) THEN
                        INSERT INTO changes (owner_id, subject, subject_id, kind) VALUES (NEW.owner_id, TG_ARGV[0], NEW.id, 'updated');
                    END IF;
                    RETURN NULL;
                END $$;
                """);

            foreach (var table in Tables)
            {
                migrationBuilder.DropColumn(name: "via", table: table);
            }
        }
    }
}
