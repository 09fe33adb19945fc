using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ModelContextProtocol.Server;
using Taskmaster.Mcp.Api;
using Taskmaster.Mcp.Authentication;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.Mcp.Tools;

/// <summary>What an agent can learn of what others did.</summary>
[McpServerToolType]
internal sealed class ChangeTools(TasksClient api)
{
    [McpServerTool(Name = "list_changes", Title = "List changes", ReadOnly = true, OpenWorld = false, UseStructuredContent = true)]
    [RequiresScope(TaskmasterScopes.TasksRead)]
    [Description("What changed since: tasks and projects that were created, updated and deleted, by whomever, "
        + "and via which application, within the last seven days. "
        + "Call it once without after to learn where to begin, and from then on with next of the answer before.")]
    public Task<ChangePage> ListChangesAsync(
        [Description("next of the answer before"), StringLength(100, MinimumLength = 1)] string? after = null,
        CancellationToken cancellationToken = default) => api.ListChangesAsync(after, cancellationToken);
}
