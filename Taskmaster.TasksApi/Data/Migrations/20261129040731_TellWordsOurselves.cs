using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Taskmaster.TasksApi.Data.Migrations
{
    /// <summary>
    /// The words of a row become the API's to write. The new column is empty, which costs no rewriting of the table;
    /// FillSearch fills it before the service takes requests, and log_change tells nobody of that.
    /// </summary>
    public partial class TellWordsOurselves : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            foreach (var table in (string[])["tasks", "projects"])
            {
                migrationBuilder.Sql($"""
                    ALTER TABLE {table} DROP COLUMN search;
                    ALTER TABLE {table} ADD COLUMN search tsvector;
                    CREATE INDEX ix_{table}_search ON {table} USING gin (search);
                    CREATE INDEX ix_{table}_id ON {table} (id) WHERE search IS NULL;
                    """);
            }

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                CREATE OR REPLACE FUNCTION log_change() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF TG_OP = 'DELETE' THEN
                        INSERT INTO changes (owner_id, subject, subject_id, kind) VALUES (OLD.owner_id, TG_ARGV[0], OLD.id, 'deleted');
                    ELSE
                        INSERT INTO changes (owner_id, subject, subject_id, kind)
                        VALUES (NEW.owner_id, TG_ARGV[0], NEW.id, CASE TG_OP WHEN 'INSERT' THEN 'created' ELSE 'updated' END);
                    END IF;
                    RETURN NULL;
                END $$;
                """);

            foreach (var (table, first) in ((string, string)[])[("tasks", "title"), ("projects", "name")])
            {
                migrationBuilder.Sql($"""
                    DROP INDEX ix_{table}_id;
                    ALTER TABLE {table} DROP COLUMN search;
                    ALTER TABLE {table} ADD COLUMN search tsvector GENERATED ALWAYS AS (to_tsvector('simple', {first} || ' ' || description)) STORED;
                    CREATE INDEX ix_{table}_search ON {table} USING gin (search);
                    """);
            }
        }
    }
}
