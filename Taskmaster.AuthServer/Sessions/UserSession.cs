namespace Taskmaster.AuthServer.Sessions;

/// <summary>
/// A signed-in user, when they last proved who they are, in which session, and what they have let the client do that was asked about.
/// </summary>
internal sealed record UserSession(SignedInUser User, DateTimeOffset SignedInAt, Guid Id, IReadOnlyList<string> ConsentedScopes);
