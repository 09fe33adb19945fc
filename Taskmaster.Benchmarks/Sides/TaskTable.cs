using System.Text.Json;
using Npgsql;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Sides;

/// <summary>
/// The tasks of the sides that are not Taskmaster: the same ten rows as its own, read by its query without cursor, limit
/// and version, and written with nothing between Npgsql's reader and a JSON writer. oidc-provider's resource server
/// (Peers) sends the same query.
/// </summary>
internal static class TaskTable
{
    public const string Database = "tasks";
    public const string Owner = "01890a5d-ac96-774b-bcce-b302099a8057";
    public const string ContentType = "application/json; charset=utf-8";

    public const string Query =
        "SELECT id, title, description, owner_id, project_id, status, created_at, updated_at FROM tasks WHERE owner_id = $1 ORDER BY id";

    private const string Create = $"""
        CREATE TABLE tasks (
            id uuid PRIMARY KEY, title varchar(255) NOT NULL, description varchar(4000) NOT NULL, owner_id uuid NOT NULL,
            project_id uuid NOT NULL, status varchar(20) NOT NULL, created_at timestamptz NOT NULL,
            updated_at timestamptz NOT NULL, UNIQUE (owner_id, id));
        INSERT INTO tasks
            SELECT ('01890a5d-ac96-774b-bcce-b3020000000' || n)::uuid, 'Review API documentation ' || n,
                   'Update the authorization code flow docs', '{Owner}', '01890a5d-ac96-774b-bcce-b302099a8058', 'todo', now(), now()
            FROM generate_series(0, 9) n;
        """;

    /// <summary>A Postgres of one side alone, with the table in it.</summary>
    public static async Task<PostgresServer> StartAsync(Run run, string side)
    {
        var postgres = await PostgresServer.StartAsync(run, side);
        await postgres.CreateDatabaseAsync(Database);
        await postgres.ExecuteAsync(Create, Database);
        return postgres;
    }

    /// <summary>The ten tasks as the answer.</summary>
    public static async Task WriteAsync(HttpContext http, NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand(Query);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.Parse(Owner) });
        await using var row = await command.ExecuteReaderAsync(http.RequestAborted);

        http.Response.ContentType = ContentType;
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        json.WriteStartArray();
        while (await row.ReadAsync(http.RequestAborted))
        {
            Write(json, row);
        }

        json.WriteEndArray();
    }

    /// <summary>One row, whose columns are in the order of <see cref="Query"/>.</summary>
    public static void Write(Utf8JsonWriter json, NpgsqlDataReader row)
    {
        json.WriteStartObject();
        json.WriteString("id", row.GetGuid(0));
        json.WriteString("title", row.GetString(1));
        json.WriteString("description", row.GetString(2));
        json.WriteString("created_by", row.GetGuid(3));
        json.WriteString("project_id", row.GetGuid(4));
        json.WriteString("status", row.GetString(5));
        json.WriteString("created_at", row.GetDateTime(6));
        json.WriteString("updated_at", row.GetDateTime(7));
        json.WriteEndObject();
    }
}
