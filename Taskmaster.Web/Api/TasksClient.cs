namespace Taskmaster.Web.Api;

/// <summary>The Tasks API as the signed-in user.</summary>
internal sealed class TasksClient(HttpClient client)
{
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

    public Task<List<TaskItem>> ListTasksAsync(Guid? projectId, CancellationToken cancellationToken) =>
        client.ListAsync<List<TaskItem>>(projectId is null ? "/api/tasks" : $"/api/tasks?project_id={projectId}", cancellationToken);

    public Task<Answer<ListPage<TaskItem>>> PageOfTasksAsync(TaskQuery query, CancellationToken cancellationToken) =>
        client.AskPageAsync<TaskItem>(query.Address, cancellationToken);

    public Task<Answer<TaskItem>> GetTaskAsync(Guid id, CancellationToken cancellationToken) =>
        client.AskAsync<TaskItem>(HttpMethod.Get, $"/api/tasks/{id}", body: null, cancellationToken);

    public Task<Answer<TaskItem>> CreateTaskAsync(TaskFields fields, string? form, CancellationToken cancellationToken) =>
        client.CreateAsync<TaskItem>("/api/tasks", fields, form, cancellationToken);

    public Task<Answer<TaskItem>> UpdateTaskAsync(Guid id, TaskFields fields, string? version, CancellationToken cancellationToken) =>
        client.ChangeAsync<TaskItem>($"/api/tasks/{id}", fields, version, cancellationToken);

    /// <summary>Whatever the task is by now: its other fields stay.</summary>
    public Task<Answer<TaskItem>> SetStatusAsync(Guid id, string status, CancellationToken cancellationToken) =>
        client.AskAsync<TaskItem>(HttpMethod.Put, $"/api/tasks/{id}", new TaskFields(Status: status), cancellationToken);

    public Task<Refusal?> DeleteTaskAsync(Guid id, string? version, CancellationToken cancellationToken) =>
        client.DeleteAsync($"/api/tasks/{id}", version, cancellationToken);
}
