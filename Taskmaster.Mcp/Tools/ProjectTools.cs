using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ModelContextProtocol.Server;
using Taskmaster.Mcp.Api;
using Taskmaster.Mcp.Authentication;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.Mcp.Tools;

/// <summary>What an agent can do with projects.</summary>
[McpServerToolType]
internal sealed class ProjectTools(TasksClient api)
{
    [McpServerTool(Name = "list_projects", Title = "List projects", ReadOnly = true, OpenWorld = false, UseStructuredContent = true)]
    [RequiresScope(TaskmasterScopes.TasksRead)]
    [Description("Lists the user's projects. Every task belongs to one.")]
    public async Task<ProjectList> ListProjectsAsync(
        [Description("How many at most"), Range(1, ProjectList.Most)] int limit = ProjectList.Most,
        [Description("next_cursor of the answer before, to go on from there")] string? cursor = null,
        CancellationToken cancellationToken = default) =>
        ProjectList.Of(await api.ListProjectsAsync(limit, cursor, cancellationToken));

    [McpServerTool(
        Name = "create_project", Title = "Create a project", Destructive = false, OpenWorld = false, UseStructuredContent = true)]
    [RequiresScope(TaskmasterScopes.TasksWrite)]
    [Description("Makes a project that tasks can belong to.")]
    public Task<Project> CreateProjectAsync(
        [Description("What it is called"), StringLength(255, MinimumLength = 1)] string name,
        [Description("What it is about"), StringLength(500, MinimumLength = 1)] string description,
        CancellationToken cancellationToken = default) => api.CreateProjectAsync(name, description, cancellationToken);
}
