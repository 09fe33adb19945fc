using Taskmaster.AuthServer.Users;

namespace Taskmaster.AuthServer.Sessions;

/// <summary>A signed-in user, when they last proved who they are, and in which session.</summary>
internal sealed record UserSession(User User, DateTimeOffset SignedInAt, Guid Id);
