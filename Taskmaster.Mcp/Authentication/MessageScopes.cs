using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.Mcp.Authentication;

/// <summary>Which scope a message needs: that of the tool it calls, reading for resources and prompts, and none for the rest.</summary>
internal sealed class MessageScopes(IOptions<McpServerOptions> options)
{
    /// <summary>What a client is told to ask for that calls without a token. It is asked for more when it needs more.</summary>
    public const string First = TaskmasterScopes.TasksRead;

    /// <returns>Null where any token for this server will do, and for a tool that does not exist.</returns>
    public string? ScopeFor(CalledMethod called) => called.Method switch
    {
        RequestMethods.ToolsCall => ScopeOf(called.Name),
        RequestMethods.ResourcesRead or RequestMethods.PromptsGet => TaskmasterScopes.TasksRead,
        _ => null,
    };

    private string? ScopeOf(string? tool) =>
        tool is not null && options.Value.ToolCollection is { } tools && tools.TryGetPrimitive(tool, out var found)
            ? found.Metadata.OfType<RequiresScopeAttribute>().Single().Scope
            : null;
}
