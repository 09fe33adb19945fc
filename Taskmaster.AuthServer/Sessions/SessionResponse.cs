namespace Taskmaster.AuthServer.Sessions;

internal sealed record SessionResponse(Guid Id, string Browser, string Address, DateTime SignedInAt, DateTime LastUsedAt, bool Current)
{
    public static SessionResponse Of(SignedInSession session, Guid? current) => new(
        session.Id, session.Browser, session.Address, session.SignedInAt.UtcDateTime, session.LastUsedAt.UtcDateTime,
        session.Id == current);
}
