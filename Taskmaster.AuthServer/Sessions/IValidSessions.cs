namespace Taskmaster.AuthServer.Sessions;

/// <summary>Finds sessions that are valid: not ended, and of a user who may still sign in.</summary>
internal interface IValidSessions
{
    /// <summary>
    /// The session, with the scopes its user has consented to for <paramref name="client"/> (none for a null client). Null
    /// when the session was ended, or its user is disabled, deleted, or has another security <paramref name="stamp"/> than
    /// at sign-in.
    /// </summary>
    Task<ValidSession?> FindAsync(Guid session, string stamp, Guid? client, CancellationToken cancellationToken);
}
