namespace Taskmaster.Mcp.Api;

/// <summary>What the API answered, with the entity tag of that state (RFC 9110 §8.8.3).</summary>
internal sealed record Versioned<T>(T Value, string? Version);
