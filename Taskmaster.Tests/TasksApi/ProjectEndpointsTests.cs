using System.Net;
using Taskmaster.Tests.TasksApi.Hosting;

namespace Taskmaster.Tests.TasksApi;

[Collection(SharedTasksApi.Name)]
public sealed class ProjectEndpointsTests(TasksApiHost host)
{
    [Fact]
    public async Task A_created_project_is_answered_as_documented_and_found_by_its_location()
    {
        var alice = await host.NewAccountAsync();

        var created = await alice.PostAsync("/api/projects", new { name = "Mobile App", description = "Build it" });

        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal(
            ["id", "name", "description", "created_by", "created_at", "updated_at"],
            created.Json.AsObject().Select(property => property.Key));
        Assert.Equal(alice.User.ToString(), created.Text("created_by"));
        (await alice.GetAsync(created.Headers["Location"])).Is(HttpStatusCode.OK, created.Body);
    }

    [Fact]
    public async Task The_list_holds_the_callers_projects_in_the_order_of_creation()
    {
        var alice = await host.NewAccountAsync();
        var bob = await host.NewAccountAsync();
        var first = await alice.NewProjectAsync("First");
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var second = await alice.NewProjectAsync("Second");
        await bob.NewProjectAsync();

        Assert.Equal([first, second], (await alice.GetAsync("/api/projects")).All("id"));
    }

    [Fact]
    public async Task Tasks_are_counted_for_each_project_that_has_any()
    {
        var alice = await host.NewAccountAsync();
        var project = await alice.NewProjectAsync();
        await alice.NewProjectAsync("Empty");
        foreach (var status in new[] { "backlog", "in_progress", "done", "canceled" })
        {
            await alice.PatchAsync($"/api/tasks/{await alice.NewTaskAsync(project)}", new { status });
        }

        (await alice.GetAsync("/api/projects/progress"))
            .Is(HttpStatusCode.OK, $$"""[{"project_id":"{{project}}","open":2,"in_progress":1,"done":1,"canceled":1}]""");
    }

    [Fact]
    public async Task An_update_changes_what_it_names_and_nothing_else()
    {
        var alice = await host.NewAccountAsync();
        var project = await alice.NewProjectAsync("Before");

        var updated = await alice.PutAsync($"/api/projects/{project}", new { name = "After" });

        Assert.Equal(HttpStatusCode.OK, updated.Status);
        Assert.Equal("After", updated.Text("name"));
        Assert.Equal("Modern UI", updated.Text("description"));
        (await alice.GetAsync($"/api/projects/{project}")).Is(HttpStatusCode.OK, updated.Body);
    }

    [Fact]
    public async Task Deleting_a_project_deletes_its_tasks_and_their_relationships()
    {
        var alice = await host.NewAccountAsync();
        var project = await alice.NewProjectAsync();
        var gone = await alice.NewTaskAsync(project);
        var kept = await alice.NewTaskAsync();
        await alice.NewRelationshipAsync(kept, gone);

        Assert.Equal(HttpStatusCode.NoContent, (await alice.DeleteAsync($"/api/projects/{project}")).Status);

        (await alice.GetAsync($"/api/projects/{project}")).Is(HttpStatusCode.NotFound, "Not Found", "text/plain");
        Assert.Equal([kept], (await alice.GetAsync("/api/tasks")).All("id"));
        (await alice.GetAsync($"/api/tasks/{kept}/relationships")).Is(HttpStatusCode.OK, "[]");
    }
}
