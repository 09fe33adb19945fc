using Npgsql;
using Taskmaster.ServiceDefaults;

namespace Taskmaster.AuthServer.Sessions;

/// <summary>
/// A session that still counts, with its user and what they have let one client do: the one query of an authorization
/// request, so that Npgsql reads it itself (docs/decisions/0010).
/// </summary>
internal sealed record StandingSession(SignedInUser User, DateTimeOffset LastUsedAt, IReadOnlyList<string> Consented)
{
    private const string Sql = """
        SELECT users.id, users.name, users.email, users.email_confirmed, sessions.last_used_at, coalesce(consents.scopes, '{}')
        FROM sessions
        JOIN users ON users.id = sessions.user_id AND users.security_stamp = $2 AND users.disabled_at IS NULL
        LEFT JOIN consents ON consents.user_id = users.id AND consents.client_id = $3
        WHERE sessions.id = $1
        """;

    /// <summary>
    /// Null when the session was ended, or its user is disabled, gone, or has another <paramref name="stamp"/> than when
    /// they signed in.
    /// </summary>
    public static async Task<StandingSession?> FindAsync(
        NpgsqlDataSource database, Guid session, string stamp, Guid? client, CancellationToken cancellationToken) =>
        (await database.ReadAsync(
            Sql,
            [new NpgsqlParameter<Guid> { TypedValue = session }, new NpgsqlParameter<string> { TypedValue = stamp }, new NpgsqlParameter<Guid?> { TypedValue = client }],
            Read,
            cancellationToken))
        .SingleOrDefault();

    private static StandingSession Read(NpgsqlDataReader row) => new(
        new SignedInUser(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetBoolean(3)),
        row.GetFieldValue<DateTimeOffset>(4),
        row.GetFieldValue<string[]>(5));
}
