using Taskmaster.Generated;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.Tests.TasksApi.Hosting;
using Task = System.Threading.Tasks.Task;
using TaskStatus = Taskmaster.Generated.TaskStatus;

namespace Taskmaster.Tests.TasksApi.OpenApi;

/// <summary>The client that NSwag makes of docs/openapi.yaml, as anybody's program would use it.</summary>
[Collection(SharedTasksApi.Name)]
public sealed class GeneratedClientTests(TasksApiHost host)
{
    [Fact]
    public async Task A_generated_client_creates_changes_lists_and_deletes()
    {
        var client = ClientOf((await host.NewAccountAsync()).Http);

        var project = await client.CreateProjectAsync(new NewProject { Name = "Website", Description = "Redesign" });
        var task = await client.CreateTaskAsync(new NewTask { Title = "Write", Description = "All of it", Project_id = project.Id });
        Assert.Equal((project.Id, TaskStatus.Todo), (task.Project_id, task.Status));

        var other = await client.CreateTaskAsync(
            new NewTask { Title = "Read", Description = "All of it", Project_id = project.Id, Status = TaskStatus.Backlog });
        var relationship = await client.CreateTaskRelationshipAsync(
            task.Id, new NewRelationship { Target_task_id = other.Id, Type = RelationshipType.Blocks });
        Assert.Equal([relationship.Id], (await client.ListTaskRelationshipsAsync(task.Id)).Select(found => found.Id));

        var changed = await client.UpdateTaskAsync(task.Id, new TaskChanges { Status = TaskStatus.In_progress });
        Assert.Equal(("Write", TaskStatus.In_progress), (changed.Title, changed.Status));
        Assert.Equal(
            new[] { task.Id, other.Id }.Order(), (await client.ListTasksAsync(project_id: project.Id)).Select(found => found.Id).Order());

        await client.DeleteProjectAsync(project.Id);
        Assert.Equal(404, (await Assert.ThrowsAnyAsync<ApiException>(() => client.GetTaskAsync(task.Id))).StatusCode);
    }

    [Fact]
    public async Task A_generated_client_reads_what_was_wrong()
    {
        var account = await host.NewAccountAsync();
        var client = ClientOf(account.Http);

        var invalid = await Assert.ThrowsAsync<ApiException<Error>>(
            () => client.CreateProjectAsync(new NewProject { Name = new string('x', 256), Description = "d" }));
        Assert.Equal((400, "Name must be 255 characters or less"), (invalid.StatusCode, invalid.Result.Errors!["name"].Single()));

        var reader = ClientOf(host.WithKey(await host.NewApiKeyAsync(account.User, [TaskmasterScopes.TasksRead])));
        Assert.Empty(await reader.ListProjectsAsync());
        var refused = await Assert.ThrowsAsync<ApiException<AccessError>>(
            () => reader.CreateProjectAsync(new NewProject { Name = "n", Description = "d" }));
        Assert.Equal((403, "insufficient_scope"), (refused.StatusCode, refused.Result.Error));
    }

    private static TaskmasterClient ClientOf(HttpClient http) => new(http) { BaseUrl = new Uri(http.BaseAddress!, "/api/").AbsoluteUri };
}
