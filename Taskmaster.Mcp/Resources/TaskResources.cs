using System.ComponentModel;
using System.Net;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Taskmaster.Mcp.Answers;
using Taskmaster.Mcp.Api;
using Taskmaster.Mcp.Tools;

namespace Taskmaster.Mcp.Resources;

/// <summary>Tasks and projects as resources: what a user can attach to a conversation.</summary>
[McpServerResourceType]
internal sealed class TaskResources(TasksClient api)
{
    private const string Json = "application/json";
    private const int OpenTasks = 50;

    [McpServerResource(UriTemplate = "taskmaster://projects", Name = "projects", Title = "Projects", MimeType = Json)]
    [Description("The user's projects, oldest first: the first 100")]
    public Task<TextResourceContents> ProjectsAsync(CancellationToken cancellationToken) => ReadAsync(
        "taskmaster://projects",
        async () => ProjectList.Of(await api.ListProjectsAsync(ProjectList.Most, cursor: null, cancellationToken)));

    [McpServerResource(UriTemplate = "taskmaster://tasks/open", Name = "open_tasks", Title = "Open tasks", MimeType = Json)]
    [Description("The user's tasks that are neither done nor canceled, the last changed first: the first 50")]
    public Task<TextResourceContents> OpenTasksAsync(CancellationToken cancellationToken) => ReadAsync(
        "taskmaster://tasks/open",
        async () => TaskPage.Of(await api.ListTasksAsync(new() { Open = true, Sort = "-updated_at", Limit = OpenTasks }, cancellationToken)));

    [McpServerResource(UriTemplate = "taskmaster://projects/{id}", Name = "project", Title = "Project", MimeType = Json)]
    [Description("One of the user's projects")]
    public Task<TextResourceContents> ProjectAsync(string id, CancellationToken cancellationToken) => ReadAsync(
        $"taskmaster://projects/{id}", async () => await api.GetProjectAsync(IdOf(id), cancellationToken));

    [McpServerResource(UriTemplate = "taskmaster://tasks/{id}", Name = "task", Title = "Task", MimeType = Json)]
    [Description("One of the user's tasks")]
    public Task<TextResourceContents> TaskAsync(string id, CancellationToken cancellationToken) => ReadAsync(
        $"taskmaster://tasks/{id}", async () => (await api.GetTaskAsync(IdOf(id), cancellationToken)).Value);

    private static Guid IdOf(string id) =>
        Guid.TryParse(id, out var parsed) ? parsed : throw new ApiRefusalException(HttpStatusCode.NotFound, "No UUID");

    private static async Task<TextResourceContents> ReadAsync<T>(string uri, Func<Task<T>> read)
    {
        try
        {
            return new() { Uri = uri, MimeType = Json, Text = JsonSerializer.Serialize(await read(), McpJson.Options) };
        }
        catch (ApiRefusalException refusal) when (refusal.Status is HttpStatusCode.NotFound)
        {
            throw new McpProtocolException($"There is no resource {uri}", McpErrorCode.ResourceNotFound);
        }
        catch (ApiRefusalException refusal)
        {
            throw new McpProtocolException(RefusalTexts.Of(refusal), McpErrorCode.InternalError);
        }
        catch (ApiUnavailableException outage)
        {
            throw new McpProtocolException(RefusalTexts.Of(outage), McpErrorCode.InternalError);
        }
    }
}
