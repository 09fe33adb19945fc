namespace Taskmaster.AuthServer.Protocol;

/// <summary>An error as the client reads it (RFC 6749 §5.2).</summary>
internal sealed record ProtocolError(string Error, string Description);
