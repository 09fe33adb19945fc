using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.Mcp.Authentication;

/// <summary>
/// The origins whose scripts may call the server. MCP 2026-07-28 (Streamable HTTP, Security) wants the <c>Origin</c> header
/// checked, so that a page of somebody else's cannot reach a server on its reader's own machine by DNS rebinding. Programs
/// that are no browsers send none.
/// </summary>
internal sealed class AllowedOrigins
{
    private const string Setting = "Mcp:AllowedOrigins";

    private readonly HashSet<string> _origins;
    private readonly bool _allowsLoopback;

    private AllowedOrigins(HashSet<string> origins, bool allowsLoopback) => (_origins, _allowsLoopback) = (origins, allowsLoopback);

    /// <summary>
    /// The public origin and those of the setting; on a development machine, whose public origin is a loopback address, also
    /// whatever else runs there, such as the MCP Inspector.
    /// </summary>
    public static AllowedOrigins Read(IConfiguration configuration, PublicOrigin own) => new(
        [own.Value, .. configuration.GetSection(Setting).Get<string[]>() ?? []],
        own.Uri.IsLoopback);

    public bool Contains(string origin) =>
        _origins.Contains(origin) || (_allowsLoopback && Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.IsLoopback);
}
