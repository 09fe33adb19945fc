namespace Taskmaster.AuthServer.Users;

/// <summary>A signed-in user, and when they last proved who they are.</summary>
internal sealed record UserSession(User User, DateTimeOffset SignedInAt);
