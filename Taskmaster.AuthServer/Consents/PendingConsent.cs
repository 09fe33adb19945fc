namespace Taskmaster.AuthServer.Consents;

/// <summary>
/// A checked authorization request that waits for the user to decide, by the document that described the client then, if one does.
/// </summary>
internal sealed record PendingConsent(
    Guid UserId, string ClientId, string RedirectUri, IReadOnlyList<string> Scopes, IReadOnlyList<string> NewScopes, string RequestHash,
    string? DocumentHash = null);
