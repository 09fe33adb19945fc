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

    /// <summary>The port of the address in its tokens and proofs, where that is not the one of the authorization server.</summary>
    public int OriginPort { get; init; } = Port;

    /// <summary>Web, which is the public origin; null where there is none in front.</summary>
    public ServerProcess? Web { get; init; }

    /// <summary>What takes its telemetry; null where it has none.</summary>
    public TelemetryReceiver? Telemetry { get; init; }

    /// <summary>The certificate, as PEM, by which it speaks TLS; null where it speaks HTTP in clear.</summary>
    public string? Certificate { get; init; }

    public RedisServer? Redis { get; init; }

    public PostgresServer? Postgres { get; init; }

    public ClientAccount Client { get; init; } = ClientAccount.Fixed;

    /// <summary>A client of the same owner whose id_tokens are signed by ES256; null where the server has none such.</summary>
    public ClientAccount? Es256Client { get; init; }

    /// <summary>The session of a user who has consented; null where nobody signs in.</summary>
    public string? Cookie { get; init; }

    /// <summary>How the authorize endpoint redirects: 302 or 303, both are right (RFC 9700 §4.12).</summary>
    public int AuthorizeStatus { get; init; } = 302;

    /// <summary>Whether it has OpenID Connect, and signs an id_token with each sign-in.</summary>
    public bool HasIdTokens { get; init; } = true;

    /// <summary>The account whose tasks are listed, read and written, where that is what is measured.</summary>
    public TaskAccount? Tasks { get; init; }

    /// <summary>How many connections every flow of this side has; null for as many as the flow is measured with elsewhere.</summary>
    public int? Connections { get; init; }

    /// <summary>Whether its access tokens are keys in its Redis, whose memory that Redis can tell.</summary>
    public bool HasTokensInRedis { get; init; }

    /// <summary>The SQL that gives the bytes of a stored access token, where they are in Postgres.</summary>
    public (string Database, string Sql)? BytesPerToken { get; init; }
}
