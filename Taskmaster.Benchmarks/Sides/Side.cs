using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Sides;

/// <summary>
/// One of the things compared: its processes and how to speak to it. All sides have the same paths below
/// <c>/oauth2</c>, so that a flow is written once.
/// </summary>
internal sealed record Side(string Name, SideKind Kind, int Port, IReadOnlyList<ServerProcess> Servers)
{
    /// <summary>Where the tasks are, if not at the authorization server.</summary>
    public int ApiPort { get; init; } = Port;

    public RedisServer? Redis { get; init; }

    public PostgresServer? Postgres { get; init; }

    public ClientAccount Client { get; init; } = ClientAccount.Fixed;

    /// <summary>The session of a user who has consented; null where nobody signs in.</summary>
    public string? Cookie { get; init; }

    /// <summary>How the authorize endpoint redirects: 302 or 303, both are right (RFC 9700 §4.12).</summary>
    public int AuthorizeStatus { get; init; } = 302;

    /// <summary>The account whose tasks are listed, read and written, where that is what is measured.</summary>
    public TaskAccount? Tasks { get; init; }

    /// <summary>How many connections every flow of this side has; null for as many as the flow is measured with elsewhere.</summary>
    public int? Connections { get; init; }

    /// <summary>Whether its access tokens are keys in its Redis, whose memory that Redis can tell.</summary>
    public bool HasTokensInRedis { get; init; }

    /// <summary>The SQL that gives the bytes of a stored access token, where they are in Postgres.</summary>
    public (string Database, string Sql)? BytesPerToken { get; init; }
}
