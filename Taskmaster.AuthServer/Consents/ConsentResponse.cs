namespace Taskmaster.AuthServer.Consents;

/// <summary>
/// A consent of the user: the application, its scopes, when it was given, and when the application last got a token. The host is
/// of an application that its own document describes, and all that is known of it for certain.
/// </summary>
internal sealed record ConsentResponse(
    string ClientId, string Name, string? Host, IReadOnlyList<string> Scopes, DateTime GrantedAt, DateTime? LastUsedAt);
