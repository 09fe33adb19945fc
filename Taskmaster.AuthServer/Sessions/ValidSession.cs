namespace Taskmaster.AuthServer.Sessions;

/// <summary>A valid session, with its user and the scopes the user has consented to for one client.</summary>
internal sealed record ValidSession(SignedInUser User, DateTimeOffset LastUsedAt, IReadOnlyList<string> Consented);
