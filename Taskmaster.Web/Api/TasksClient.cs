using System.Net;

namespace Taskmaster.Web.Api;

/// <summary>The Tasks API as the signed-in user.</summary>
internal sealed class TasksClient(HttpClient client)
{
    private static readonly Refusal Stale = new(
        HttpStatusCode.PreconditionFailed, "It was changed since it was shown", new Dictionary<string, string[]>());

    public Task<List<Project>> ListProjectsAsync(CancellationToken cancellationToken) =>
        client.ListAsync<List<Project>>("/api/projects", cancellationToken);

    public Task<Answer<Project>> GetProjectAsync(Guid id, CancellationToken cancellationToken) =>
        client.AskAsync<Project>(HttpMethod.Get, $"/api/projects/{id}", body: null, cancellationToken);

    public Task<Answer<Project>> CreateProjectAsync(ProjectFields fields, string? form, CancellationToken cancellationToken) =>
        client.CreateAsync<Project>("/api/projects", fields, form, cancellationToken);

    public Task<Answer<Project>> UpdateProjectAsync(Guid id, ProjectFields fields, string? version, CancellationToken cancellationToken) =>
        client.ChangeAsync<Project>($"/api/projects/{id}", fields, version, cancellationToken);

    public Task<Refusal?> DeleteProjectAsync(Guid id, string? version, CancellationToken cancellationToken) =>
        client.DeleteAsync($"/api/projects/{id}", version, cancellationToken);

    public Task<Answer<ListPage<TaskItem>>> PageOfTasksAsync(TaskQuery query, CancellationToken cancellationToken) =>
        client.AskPageAsync<TaskItem>(query.Address, cancellationToken);

    public Task<Answer<TaskItem>> GetTaskAsync(Guid id, CancellationToken cancellationToken) =>
        client.AskAsync<TaskItem>(HttpMethod.Get, $"/api/tasks/{id}", body: null, cancellationToken);

    public Task<Answer<TaskItem>> CreateTaskAsync(TaskFields fields, string? form, CancellationToken cancellationToken) =>
        client.CreateAsync<TaskItem>("/api/tasks", fields, form, cancellationToken);

    public Task<Answer<TaskItem>> UpdateTaskAsync(Guid id, TaskFields fields, string? version, CancellationToken cancellationToken) =>
        client.ChangeAsync<TaskItem>($"/api/tasks/{id}", fields, version, cancellationToken);

    /// <summary>
    /// Changes a task that a list showed, if it is still as it was shown. Lists have no entity tags: the state's time tells, and the
    /// tag that is read with the same time makes sure that nobody is faster.
    /// </summary>
    /// <param name="id">The task.</param>
    /// <param name="fields">What is to change.</param>
    /// <param name="shown">Its <see cref="TaskItem.State"/> in the list; null changes whatever it is by now.</param>
    /// <param name="cancellationToken">Of the user's request.</param>
    /// <returns>The task as it was before, where there is one, and what became of it.</returns>
    public async Task<(TaskItem? Before, Answer<TaskItem> Changed)> ChangeShownAsync(
        Guid id, TaskFields fields, long? shown, CancellationToken cancellationToken)
    {
        var current = await GetTaskAsync(id, cancellationToken);
        if (current.Value is not { } before)
        {
            return (null, current);
        }

        return IsStale(before, shown)
            ? (before, new Answer<TaskItem>(null, Stale))
            : (before, await UpdateTaskAsync(id, fields, current.Version, cancellationToken));
    }

    /// <inheritdoc cref="ChangeShownAsync"/>
    public async Task<(TaskItem? Before, Refusal? Refusal)> DeleteShownAsync(Guid id, long? shown, CancellationToken cancellationToken)
    {
        var current = await GetTaskAsync(id, cancellationToken);
        if (current.Value is not { } before)
        {
            return (null, current.Refusal);
        }

        return (before, IsStale(before, shown) ? Stale : await DeleteTaskAsync(id, current.Version, cancellationToken));
    }

    /// <summary>All of them, or none.</summary>
    public Task<Answer<List<TaskItem>>> ChangeTasksAsync(IReadOnlyList<TaskChange> tasks, CancellationToken cancellationToken) =>
        client.AskAsync<List<TaskItem>>(HttpMethod.Patch, "/api/tasks/bulk", new { tasks }, cancellationToken);

    public Task<Answer<TaskItem>> RestoreTaskAsync(Guid id, CancellationToken cancellationToken) =>
        client.AskAsync<TaskItem>(HttpMethod.Post, $"/api/tasks/{id}/restore", body: null, cancellationToken);

    public Task<Answer<List<RelatedTask>>> ListRelatedAsync(Guid id, CancellationToken cancellationToken) =>
        client.AskAsync<List<RelatedTask>>(HttpMethod.Get, $"/api/tasks/{id}/related", body: null, cancellationToken);

    public Task<Answer<List<HistoryEntry>>> ListChangesAsync(Guid id, CancellationToken cancellationToken) =>
        client.AskAsync<List<HistoryEntry>>(HttpMethod.Get, $"/api/tasks/{id}/changes", body: null, cancellationToken);

    /// <summary>What became of the user's tasks and projects, newest first.</summary>
    public Task<List<LoggedChange>> ListChangesAsync(CancellationToken cancellationToken) =>
        client.ListAsync<List<LoggedChange>>("/api/history", cancellationToken);

    /// <summary>The last change of each application and API key.</summary>
    public Task<List<LoggedChange>> ListLastChangesAsync(CancellationToken cancellationToken) =>
        client.ListAsync<List<LoggedChange>>("/api/history?last=true", cancellationToken);

    public Task<Answer<Relationship>> RelateAsync(Guid id, Guid target, string? type, CancellationToken cancellationToken) =>
        client.AskAsync<Relationship>(
            HttpMethod.Post, $"/api/tasks/{id}/relationships", new { TargetTaskId = target, Type = type ?? "" }, cancellationToken);

    public Task<Refusal?> UnrelateAsync(Guid id, Guid relationship, CancellationToken cancellationToken) =>
        client.DoAsync(HttpMethod.Delete, $"/api/tasks/{id}/relationships/{relationship}", cancellationToken);

    public Task<List<ProjectProgress>> ListProgressAsync(CancellationToken cancellationToken) =>
        client.ListAsync<List<ProjectProgress>>("/api/projects/progress", cancellationToken);

    public Task<List<SavedView>> ListViewsAsync(CancellationToken cancellationToken) =>
        client.ListAsync<List<SavedView>>("/api/views", cancellationToken);

    public Task<Answer<SavedView>> SaveViewAsync(string? label, TaskQuery shown, CancellationToken cancellationToken) =>
        client.AskAsync<SavedView>(
            HttpMethod.Post, "/api/views", new { Label = label ?? "", Query = shown.Filters }, cancellationToken);

    public Task<Refusal?> RemoveViewAsync(Guid id, CancellationToken cancellationToken) =>
        client.DoAsync(HttpMethod.Delete, $"/api/views/{id}", cancellationToken);

    /// <summary>The user's changes as they happen: an answer without an end.</summary>
    /// <param name="after">The id of the last event that was received; null for what happens from now on.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<HttpResponseMessage> FollowChangesAsync(string? after, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/events");
        if (after is not null)
        {
            request.Headers.Add("Last-Event-ID", after);
        }

        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    public Task<Refusal?> DeleteTaskAsync(Guid id, string? version, CancellationToken cancellationToken) =>
        client.DeleteAsync($"/api/tasks/{id}", version, cancellationToken);

    private static bool IsStale(TaskItem current, long? shown) => shown is not null && shown != current.State;
}
