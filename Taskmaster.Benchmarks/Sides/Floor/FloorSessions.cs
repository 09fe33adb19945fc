using Npgsql;
using Taskmaster.Benchmarks.Sides.Batches;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Sides.Floor;

/// <summary>The one statement of an authorization request: the session with its user and what the user let the client have.</summary>
internal sealed class FloorSessions
{
    public const string Stamp = "5JQ2ZL6YQ4VX7N3KJ5T2C6ZP4M7RWD3H";

    public static readonly Guid Session = Guid.Parse("01890a5d-ac96-774b-bcce-b302099a8059");

    private static readonly Guid Client = Guid.Parse("01890a5d-ac96-774b-bcce-b302099a805a");

    private const string Create = """
        CREATE TABLE users (
            id uuid PRIMARY KEY, name text NOT NULL, email text NOT NULL, email_confirmed boolean NOT NULL,
            security_stamp text NOT NULL, disabled_at timestamptz);
        CREATE TABLE sessions (id uuid PRIMARY KEY, user_id uuid NOT NULL REFERENCES users, last_used_at timestamptz NOT NULL);
        CREATE TABLE consents (
            user_id uuid NOT NULL REFERENCES users, client_id uuid NOT NULL, scopes text[] NOT NULL, PRIMARY KEY (user_id, client_id));
        """;

    private const string Sql = """
        SELECT users.id, users.name, users.email, users.email_confirmed, sessions.last_used_at, coalesce(consents.scopes, '{}')
        FROM sessions
        JOIN users ON users.id = sessions.user_id AND users.security_stamp = $2 AND users.disabled_at IS NULL
        LEFT JOIN consents ON consents.user_id = users.id AND consents.client_id = $3
        WHERE sessions.id = $1
        """;

    private readonly SqlBatches<(Guid Session, string Stamp), FloorUser?> _statement;

    public FloorSessions(NpgsqlDataSource database) => _statement = new(database, Sql, Add, (row, _) => ReadAsync(row));

    /// <summary>The tables, and in them the one user, who is signed in and has let the one client have all scopes.</summary>
    public static async Task CreateAsync(PostgresServer postgres, string database)
    {
        await postgres.ExecuteAsync(Create, database);
        await postgres.ExecuteAsync(
            $"""
            INSERT INTO users VALUES ('{TaskTable.Owner}', 'Alice', 'alice@example.com', true, '{Stamp}');
            INSERT INTO sessions VALUES ('{Session}', '{TaskTable.Owner}', now());
            INSERT INTO consents VALUES ('{TaskTable.Owner}', '{Client}', string_to_array('{ClientAccount.AllScopes}', ' '));
            """,
            database);
    }

    public Task<FloorUser?> FindAsync(Guid session, string stamp) => _statement.AskAsync((session, stamp));

    private static void Add(NpgsqlParameterCollection parameters, (Guid Session, string Stamp) asked)
    {
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = asked.Session });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = asked.Stamp });
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Client });
    }

    private static async Task<FloorUser?> ReadAsync(NpgsqlDataReader row) => await row.ReadAsync()
        ? new(
            row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetBoolean(3), row.GetDateTime(4), row.GetFieldValue<string[]>(5))
        : null;
}
