using System.Net;
using Taskmaster.Tests.TasksApi.Hosting;

namespace Taskmaster.Tests.TasksApi;

[Collection(SharedTasksApi.Name)]
public sealed class TaskEndpointsTests(TasksApiHost host)
{
    [Fact]
    public async Task A_created_task_is_answered_as_documented_and_found_by_its_location()
    {
        var alice = await host.NewAccountAsync();
        var project = await alice.NewProjectAsync();

        var created = await alice.PostAsync(
            "/api/tasks", new { title = "Write tests", description = "For all", project_id = project, status = "in_progress" });

        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal(
            ["id", "title", "description", "created_by", "project_id", "status", "created_at", "updated_at"],
            created.Json.AsObject().Select(property => property.Key));
        Assert.Equal(alice.User.ToString(), created.Text("created_by"));
        Assert.Equal(project, created.Text("project_id"));
        Assert.Equal("in_progress", created.Text("status"));
        Assert.EndsWith("Z", created.Text("created_at"), StringComparison.Ordinal);
        Assert.Equal(7, Guid.Parse(created.Text("id")).Version);
        Assert.Equal($"/api/tasks/{created.Text("id")}", created.Headers["Location"]);

        var found = await alice.GetAsync(created.Headers["Location"]);
        found.Is(HttpStatusCode.OK, created.Body);
    }

    /// <summary>RFC 9110 §9.3.2: the same header fields, and no content.</summary>
    [Fact]
    public async Task HEAD_is_answered_as_GET_without_content()
    {
        var alice = await host.NewAccountAsync();
        var task = $"/api/tasks/{await alice.NewTaskAsync()}";
        foreach (var path in new[]
        {
            task, "/api/tasks", "/api/projects", "/api/openapi.json", "/api/docs/", "/.well-known/oauth-protected-resource/api"
        })
        {
            var got = await alice.GetAsync(path);
            var asked = await alice.Http.SendAsync(HttpMethod.Head, path);

            Assert.Equal((HttpStatusCode.OK, ""), (asked.Status, asked.Body));
            Assert.Equal(got.Headers["Content-Type"], asked.Headers["Content-Type"]);
            Assert.Equal(got.Headers.GetValueOrDefault("ETag"), asked.Headers.GetValueOrDefault("ETag"));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await alice.Http.SendAsync(HttpMethod.Head, $"/api/tasks/{Guid.CreateVersion7()}")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Anonymous.SendAsync(HttpMethod.Head, task)).Status);
    }

    [Fact]
    public async Task HEAD_of_the_stream_of_events_ends_at_once_and_takes_no_streams_place()
    {
        var alice = await host.NewAccountAsync();
        for (var number = 0; number < 30; number++)
        {
            var asked = await alice.Http.SendAsync(HttpMethod.Head, "/api/events");

            Assert.Equal(HttpStatusCode.OK, asked.Status);
            Assert.Equal("text/event-stream", asked.Headers["Content-Type"]);
        }
    }

    /// <summary>RFC 9110 §13.1.2: whoever has a document asks with its entity tag.</summary>
    [Theory]
    [InlineData("/.well-known/oauth-protected-resource/api")]
    [InlineData("/api/openapi.json")]
    [InlineData("/api/openapi.yaml")]
    public async Task What_describes_the_API_may_be_kept_and_asked_for_by_its_tag(string path)
    {
        var first = await host.Anonymous.SendAsync(HttpMethod.Get, path);
        Assert.Equal("public, max-age=300", first.Headers["Cache-Control"]);

        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.ParseAdd(first.Headers["ETag"]);
        using var second = await host.Anonymous.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal("", await second.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_task_without_a_status_is_todo()
    {
        var alice = await host.NewAccountAsync();

        var task = await alice.GetAsync($"/api/tasks/{await alice.NewTaskAsync()}");

        Assert.Equal("todo", task.Text("status"));
    }

    [Fact]
    public async Task The_list_holds_the_callers_tasks_in_the_order_of_creation()
    {
        var alice = await host.NewAccountAsync();
        var bob = await host.NewAccountAsync();
        var project = await alice.NewProjectAsync();
        List<string> mine = [];
        for (var n = 0; n < 3; n++)
        {
            mine.Add(await alice.NewTaskAsync(project, $"Task {n}"));
            host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        await bob.NewTaskAsync();

        var list = await alice.GetAsync("/api/tasks");
        Assert.Equal(HttpStatusCode.OK, list.Status);
        Assert.Equal(mine, list.All("id"));
    }

    [Fact]
    public async Task The_list_can_be_of_one_project_and_is_empty_for_a_project_of_somebody_else()
    {
        var alice = await host.NewAccountAsync();
        var bob = await host.NewAccountAsync();
        var first = await alice.NewProjectAsync();
        var inFirst = await alice.NewTaskAsync(first);
        await alice.NewTaskAsync(await alice.NewProjectAsync());

        Assert.Equal([inFirst], (await alice.GetAsync($"/api/tasks?project_id={first}")).All("id"));
        (await bob.GetAsync($"/api/tasks?project_id={first}")).Is(HttpStatusCode.OK, "[]");
    }

    [Fact]
    public async Task An_update_changes_what_it_names_and_nothing_else()
    {
        var alice = await host.NewAccountAsync();
        var task = await alice.NewTaskAsync();
        var before = await alice.GetAsync($"/api/tasks/{task}");
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        var updated = await alice.PutAsync($"/api/tasks/{task}", new { status = "done" });

        Assert.Equal(HttpStatusCode.OK, updated.Status);
        Assert.Equal("done", updated.Text("status"));
        Assert.Equal(before.Text("title"), updated.Text("title"));
        Assert.Equal(before.Text("created_at"), updated.Text("created_at"));
        Assert.NotEqual(before.Text("updated_at"), updated.Text("updated_at"));
        (await alice.GetAsync($"/api/tasks/{task}")).Is(HttpStatusCode.OK, updated.Body);
    }

    [Fact]
    public async Task A_task_moves_between_the_callers_projects_and_into_no_other()
    {
        var alice = await host.NewAccountAsync();
        var bob = await host.NewAccountAsync();
        var task = await alice.NewTaskAsync();
        var mine = await alice.NewProjectAsync();
        var foreign = await bob.NewProjectAsync();

        Assert.Equal(mine, (await alice.PutAsync($"/api/tasks/{task}", new { project_id = mine })).Text("project_id"));

        var refused = await alice.PutAsync($"/api/tasks/{task}", new { project_id = foreign });
        var unknown = await alice.PutAsync($"/api/tasks/{task}", new { project_id = "6ba7b810-9dad-11d1-80b4-00c04fd430c8" });
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal(unknown.Body, refused.Body);
    }

    [Fact]
    public async Task A_deleted_task_is_gone()
    {
        var alice = await host.NewAccountAsync();
        var path = $"/api/tasks/{await alice.NewTaskAsync()}";

        Assert.Equal(HttpStatusCode.NoContent, (await alice.DeleteAsync(path)).Status);

        (await alice.GetAsync(path)).Is(HttpStatusCode.NotFound, "Not Found", "text/plain");
        Assert.Equal(HttpStatusCode.NotFound, (await alice.DeleteAsync(path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await alice.PutAsync(path, new { status = "done" })).Status);
    }

    [Fact]
    [Trait("Behaviour", "38")]
    public async Task Fields_that_are_not_the_callers_to_set_change_nothing()
    {
        var alice = await host.NewAccountAsync();
        var bob = await host.NewAccountAsync();
        var project = await alice.NewProjectAsync();
        var forged = Guid.CreateVersion7();

        var created = await alice.PostAsync("/api/tasks", new
        {
            title = "Mine",
            description = "Still mine",
            project_id = project,
            id = forged,
            created_by = bob.User,
            owner_id = bob.User,
            is_admin = true,
            created_at = "2001-01-01T00:00:00Z",
        });
        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal(alice.User.ToString(), created.Text("created_by"));
        Assert.NotEqual(forged.ToString(), created.Text("id"));
        Assert.DoesNotContain("2001", created.Body, StringComparison.Ordinal);

        var updated = await alice.PutAsync(
            $"/api/tasks/{created.Text("id")}", new { status = "done", created_by = bob.User, owner_id = bob.User });
        Assert.Equal(alice.User.ToString(), updated.Text("created_by"));
        (await bob.GetAsync("/api/tasks")).Is(HttpStatusCode.OK, "[]");
    }
}
