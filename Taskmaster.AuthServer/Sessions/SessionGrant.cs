namespace Taskmaster.AuthServer.Sessions;

/// <summary>A grant that Taskmaster's own client got in a session: its tokens end with the session.</summary>
internal sealed class SessionGrant
{
    public const int GrantIdMaxLength = 40;

    private SessionGrant()
    {
    }

    public string GrantId { get; private init; } = string.Empty;

    public Guid SessionId { get; private init; }

    public static SessionGrant Of(Guid sessionId, string grantId) => new() { SessionId = sessionId, GrantId = grantId };
}
