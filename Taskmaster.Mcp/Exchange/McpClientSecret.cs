namespace Taskmaster.Mcp.Exchange;

/// <summary>By which this server authenticates to AuthServer; the host generates it.</summary>
internal sealed record McpClientSecret(string Value)
{
    private const string Setting = "McpClient:Secret";

    /// <exception cref="InvalidOperationException">The setting is missing.</exception>
    public static McpClientSecret Read(IConfiguration configuration) => new(
        configuration[Setting] is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException($"The setting {Setting} is missing. AuthServer must be given the same value."));

    public override string ToString() => nameof(McpClientSecret);
}
