namespace Taskmaster.AuthServer.Sessions;

/// <summary>
/// A valid session, with its user, the scopes the user has consented to for one client, and the hash of the document that the
/// client was described by then, if one was.
/// </summary>
internal sealed record ValidSession(
    SignedInUser User, DateTimeOffset LastUsedAt, IReadOnlyList<string> Consented, string? DocumentHash = null);
