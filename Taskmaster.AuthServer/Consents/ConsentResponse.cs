namespace Taskmaster.AuthServer.Consents;

/// <summary>A consent of the user: the application, its scopes, when it was given, and when the application last got a token.</summary>
internal sealed record ConsentResponse(
    string ClientId, string Name, IReadOnlyList<string> Scopes, DateTime GrantedAt, DateTime? LastUsedAt);
