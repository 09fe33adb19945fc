namespace Taskmaster.AuthServer.Consents;

/// <summary>A checked authorization request that waits for the user to decide.</summary>
internal sealed record PendingConsent(
    Guid UserId, string ClientId, string RedirectUri, IReadOnlyList<string> Scopes, IReadOnlyList<string> NewScopes, string RequestHash);
