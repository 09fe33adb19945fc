namespace Taskmaster.AuthServer.Sessions;

/// <summary>A session that still counts, with its user and what they have let one client do.</summary>
internal sealed record StandingSession(SignedInUser User, DateTimeOffset LastUsedAt, IReadOnlyList<string> Consented);
