namespace Taskmaster.AuthServer.Fast;

/// <summary>A successful answer of the token endpoint (RFC 6749 §5.1); null is not said.</summary>
internal readonly record struct TokenResponse(
    string AccessToken, TimeSpan Lifetime, string? Scope = null, string? IdToken = null, string? RefreshToken = null);
