namespace Taskmaster.AuthServer.Sessions;

/// <summary>Finds sessions that still count.</summary>
internal interface IStandingSessions
{
    /// <summary>
    /// Null when the session was ended, or its user is disabled, gone, or has another <paramref name="stamp"/> than when
    /// they signed in.
    /// With it comes what its user let <paramref name="client"/> do; nothing for null.
    /// </summary>
    Task<StandingSession?> FindAsync(Guid session, string stamp, Guid? client, CancellationToken cancellationToken);
}
