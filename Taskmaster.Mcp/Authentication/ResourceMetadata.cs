using System.Text.Json;
using Taskmaster.Mcp.Answers;
using Taskmaster.ServiceDefaults.Dpop;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.Mcp.Authentication;

/// <summary>
/// RFC 9728: what a client that knows only the server's address needs in order to get a token for it. Also without the path,
/// where MCP clients look that find nothing else.
/// </summary>
internal sealed record ResourceMetadata(
    string Resource, string ResourceName, IReadOnlyList<string> AuthorizationServers, IReadOnlyList<string> ScopesSupported,
    IReadOnlyList<string> BearerMethodsSupported, IReadOnlyList<string> DpopSigningAlgValuesSupported, string ResourceDocumentation)
{
    public static void Map(WebApplication app)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(Of(app.Services.GetRequiredService<PublicOrigin>()), McpJson.Options);
        foreach (var path in (string[])[PublicPaths.McpMetadata, PublicPaths.AnyResourceMetadata])
        {
            app.MapGet(path, (HttpContext context) => PublicDocuments.SendAsync(context, json, "application/json"));
        }
    }

    private static ResourceMetadata Of(PublicOrigin origin) => new(
        origin.McpAudience,
        "Taskmaster",
        [origin.Value],
        TaskmasterScopes.Tasks,
        ["header"],
        DpopNames.Algorithms,
        $"{origin.Value}/docs/agents");
}
