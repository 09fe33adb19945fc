namespace Taskmaster.AuthServer.Consents;

/// <summary>An application the user let in, since when, and when it last got a token.</summary>
internal sealed record GrantResponse(string ClientId, string Name, IReadOnlyList<string> Scopes, DateTime GrantedAt, DateTime? LastUsedAt);
