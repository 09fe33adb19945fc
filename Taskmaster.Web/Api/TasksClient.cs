namespace Taskmaster.Web.Api;

/// <summary>The Tasks API as the signed-in user.</summary>
internal sealed class TasksClient(HttpClient client)
{
    public Task<List<Project>> ListProjectsAsync(CancellationToken cancellationToken) =>
        client.ListAsync<List<Project>>("/api/projects", cancellationToken);

    public Task<Answer<Project>> GetProjectAsync(Guid id, CancellationToken cancellationToken) =>
        client.AskAsync<Project>(HttpMethod.Get, $"/api/projects/{id}", body: null, cancellationToken);

    public Task<Answer<Project>> CreateProjectAsync(ProjectFields fields, CancellationToken cancellationToken) =>
        client.AskAsync<Project>(HttpMethod.Post, "/api/projects", fields, cancellationToken);

    public Task<Answer<Project>> UpdateProjectAsync(Guid id, ProjectFields fields, CancellationToken cancellationToken) =>
        client.AskAsync<Project>(HttpMethod.Put, $"/api/projects/{id}", fields, cancellationToken);

    public Task<Refusal?> DeleteProjectAsync(Guid id, CancellationToken cancellationToken) =>
        client.DoAsync(HttpMethod.Delete, $"/api/projects/{id}", cancellationToken);

    public Task<List<TaskItem>> ListTasksAsync(Guid? projectId, CancellationToken cancellationToken) =>
        client.ListAsync<List<TaskItem>>(projectId is null ? "/api/tasks" : $"/api/tasks?project_id={projectId}", cancellationToken);

    public Task<Answer<ListPage<TaskItem>>> PageOfTasksAsync(TaskQuery query, CancellationToken cancellationToken) =>
        client.AskPageAsync<TaskItem>(query.Address, cancellationToken);

    public Task<Answer<TaskItem>> GetTaskAsync(Guid id, CancellationToken cancellationToken) =>
        client.AskAsync<TaskItem>(HttpMethod.Get, $"/api/tasks/{id}", body: null, cancellationToken);

    public Task<Answer<TaskItem>> CreateTaskAsync(TaskFields fields, CancellationToken cancellationToken) =>
        client.AskAsync<TaskItem>(HttpMethod.Post, "/api/tasks", fields, cancellationToken);

    public Task<Answer<TaskItem>> UpdateTaskAsync(Guid id, TaskFields fields, CancellationToken cancellationToken) =>
        client.AskAsync<TaskItem>(HttpMethod.Put, $"/api/tasks/{id}", fields, cancellationToken);

    public Task<Refusal?> DeleteTaskAsync(Guid id, CancellationToken cancellationToken) =>
        client.DoAsync(HttpMethod.Delete, $"/api/tasks/{id}", cancellationToken);
}
