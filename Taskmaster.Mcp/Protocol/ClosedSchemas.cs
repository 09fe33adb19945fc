using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;

namespace Taskmaster.Mcp.Protocol;

/// <summary>Says in each tool's input schema that it has no other arguments: a misspelt one is told, and not passed over.</summary>
internal sealed class ClosedSchemas : IPostConfigureOptions<McpServerOptions>
{
    private const string Keyword = "additionalProperties";

    public void PostConfigure(string? name, McpServerOptions options)
    {
        foreach (var tool in options.ToolCollection ?? [])
        {
            var schema = JsonObject.Create(tool.ProtocolTool.InputSchema)!;
            schema[Keyword] = false;
            tool.ProtocolTool.InputSchema = JsonSerializer.SerializeToElement(schema);
        }
    }
}
