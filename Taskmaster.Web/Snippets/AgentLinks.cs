using System.Text.Json;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.Web.Snippets;

/// <summary>
/// Links by which an editor on the reader's machine takes the MCP server's address. It asks its user before it keeps anything, and the
/// links hold nothing secret.
/// </summary>
internal static class AgentLinks
{
    private const string Name = "taskmaster";

    public static string Cursor(PublicOrigin origin) => "cursor://anysphere.cursor-deeplink/mcp/install?name=" + Name
        + "&config=" + Uri.EscapeDataString(Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(new { url = origin.McpAudience })));

    public static string VisualStudioCode(PublicOrigin origin) =>
        "vscode:mcp/install?" + Uri.EscapeDataString(JsonSerializer.Serialize(new { name = Name, type = "http", url = origin.McpAudience }));
}
