using Npgsql;

namespace Taskmaster.Benchmarks.Hosts;

/// <summary>
/// The tasks of the sides that are not Taskmaster: the same ten rows as its own, read by its query without cursor, limit
/// and version. oidc-provider's resource server (Peers) sends the same query.
/// </summary>
internal static class TaskTable
{
    public const string Database = "tasks";
    public const string Owner = "01890a5d-ac96-774b-bcce-b302099a8057";

    public const string Query = "SELECT id, title, description, owner_id, project_id, status, created_at, updated_at FROM tasks WHERE owner_id = $1 ORDER BY id";

    private const string Create = $"""
        CREATE TABLE tasks (
            id uuid PRIMARY KEY, title varchar(255) NOT NULL, description varchar(4000) NOT NULL, owner_id uuid NOT NULL, project_id uuid NOT NULL,
            status varchar(20) NOT NULL, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL, UNIQUE (owner_id, id));
        INSERT INTO tasks
            SELECT ('01890a5d-ac96-774b-bcce-b3020000000' || n)::uuid, 'Review API documentation ' || n, 'Update the authorization code flow docs',
                   '{Owner}', '01890a5d-ac96-774b-bcce-b302099a8058', 'todo', now(), now()
            FROM generate_series(0, 9) n;
        """;

    public static async Task CreateAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        await using var command = source.CreateCommand(Create);
        await command.ExecuteNonQueryAsync();
    }
}
