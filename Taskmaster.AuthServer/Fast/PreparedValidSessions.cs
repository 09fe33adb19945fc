using Npgsql;
using Taskmaster.AuthServer.Sessions;
using Taskmaster.ServiceDefaults.Fast;

namespace Taskmaster.AuthServer.Fast;

/// <summary>The one query of an authorization request, which Npgsql asks itself (docs/performance.md, bar 8).</summary>
internal sealed class PreparedValidSessions(NpgsqlDataSource database) : IValidSessions
{
    private const string Sql = """
        SELECT users.id, users.name, users.email, users.email_confirmed, sessions.last_used_at, coalesce(consents.scopes, '{}'),
            consents.document_hash
        FROM sessions
        JOIN users ON users.id = sessions.user_id AND users.security_stamp = $2 AND users.disabled_at IS NULL
        LEFT JOIN consents ON consents.user_id = users.id AND consents.client_id = $3
        WHERE sessions.id = $1
        """;

    private readonly PlainQuery<Asked, ValidSession> _query = new(database, Sql, Parameters, Read);

    public async Task<ValidSession?> FindAsync(Guid session, string stamp, Guid? client, CancellationToken cancellationToken) =>
        (await _query.ReadAsync(new(session, stamp, client), cancellationToken)).SingleOrDefault();

    private static NpgsqlParameter[] Parameters(Asked asked) =>
    [
        new NpgsqlParameter<Guid> { TypedValue = asked.Session },
        new NpgsqlParameter<string> { TypedValue = asked.Stamp },
        new NpgsqlParameter<Guid?> { TypedValue = asked.Client },
    ];

    private static ValidSession Read(NpgsqlDataReader row) => new(
        new SignedInUser(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetBoolean(3)),
        row.GetFieldValue<DateTimeOffset>(4),
        row.GetFieldValue<string[]>(5),
        row.IsDBNull(6) ? null : row.GetString(6));

    private readonly record struct Asked(Guid Session, string Stamp, Guid? Client);
}
