using System.Net;
using Taskmaster.Tests.TasksApi.Hosting;

namespace Taskmaster.Tests.TasksApi;

[Collection(SharedTasksApi.Name)]
public sealed class BulkTaskTests(TasksApiHost host)
{
    [Fact]
    public async Task A_hundred_tasks_are_created_and_changed_in_the_order_they_are_named_in()
    {
        var alice = await host.NewAccountAsync();
        var project = await alice.NewProjectAsync();

        var created = await alice.PostAsync("/api/tasks/bulk", new
        {
            tasks = Enumerable.Range(0, 100).Select(
                n => new { title = $"Task {n}", description = "d", project_id = project, created_by = "me" }),
        });
        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal(Enumerable.Range(0, 100).Select(n => $"Task {n}"), created.All("title"));
        Assert.All(created.All("created_by"), owner => Assert.Equal(alice.User.ToString(), owner));
        Assert.Equal(created.All("id"), (await alice.GetAsync("/api/tasks")).All("id"));

        var ids = created.All("id").Reverse().ToList();
        var changed = await alice.PatchAsync(
            "/api/tasks/bulk", new { tasks = ids.Select((id, n) => new { id, title = $"Changed {n}", status = "done" }) });
        Assert.Equal(HttpStatusCode.OK, changed.Status);
        Assert.Equal(ids, changed.All("id"));
        Assert.Equal(100, (await alice.GetAsync("/api/tasks?status=done")).Json.AsArray().Count);
    }

    [Fact]
    public async Task Each_wrong_task_is_named_and_none_is_created()
    {
        var alice = await host.NewAccountAsync();
        var bob = await host.NewAccountAsync();
        var project = await alice.NewProjectAsync();
        var foreign = await bob.NewProjectAsync();

        (await alice.PostAsync("/api/tasks/bulk", new
        {
            tasks = new object[]
            {
                new { title = "right", description = "d", project_id = project },
                new { title = "", description = "d", project_id = project },
                "no object",
                new { title = "t", description = "d", project_id = project, status = "sleeping" },
            },
        })).Is(
            HttpStatusCode.BadRequest,
            """{"message":"Invalid request data","errors":{"tasks[1].title":["Title is required"],"tasks[2]":["Must be an object"],"tasks[3].status":["Invalid enum value. Expected backlog | triage | todo | in_progress | done | canceled"]}}""");

        (await alice.PostAsync("/api/tasks/bulk", new
        {
            tasks = new[]
            {
                new { title = "right", description = "d", project_id = project },
                new { title = "t", description = "d", project_id = foreign }
            },
        })).Is(
            HttpStatusCode.BadRequest,
            """{"message":"Invalid request data","errors":{"tasks[1].project_id":["project_id must be the ID of one of your projects"]}}""");

        (await alice.GetAsync("/api/tasks")).Is(HttpStatusCode.OK, "[]");
    }

    [Fact]
    [Trait("Behaviour", "37")]
    public async Task A_task_that_is_not_there_or_not_yours_is_named_and_none_is_changed()
    {
        var alice = await host.NewAccountAsync();
        var bob = await host.NewAccountAsync();
        var (mine, his) = (await alice.NewTaskAsync(), await bob.NewTaskAsync());

        foreach (var other in new[] { his, Guid.CreateVersion7().ToString() })
        {
            (await alice.PatchAsync("/api/tasks/bulk", new
            {
                tasks = new[]
            {
                new { id = mine, title = "changed" }, new { id = other, title = "changed" }
            }
            })).Is(
                HttpStatusCode.NotFound,
                """{"message":"One or more tasks were not found or are not owned by user","errors":{"tasks[1].id":["Task not found"]}}""");
        }

        Assert.DoesNotContain(
            "changed", (await alice.GetAsync("/api/tasks")).Body + (await bob.GetAsync("/api/tasks")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_are_checked_one_by_one()
    {
        var alice = await host.NewAccountAsync();
        var bob = await host.NewAccountAsync();
        var task = await alice.NewTaskAsync();
        var foreign = await bob.NewProjectAsync();

        (await alice.PatchAsync("/api/tasks/bulk", new
        {
            tasks = new object[]
        {
            new { id = task }, new { id = task, title = "t" }, new { id = "7", title = "t" }
        }
        })).Is(
            HttpStatusCode.BadRequest,
            """{"message":"Invalid request data","errors":{"tasks[0]":["No fields provided for update"],"tasks[1].id":["id must not be there twice"],"tasks[2].id":["id must be a valid UUID"]}}""");
        (await alice.PatchAsync("/api/tasks/bulk", new { tasks = new object[] { new { id = task, project_id = foreign } } })).Is(
            HttpStatusCode.BadRequest,
            """{"message":"Invalid request data","errors":{"tasks[0].project_id":["project_id must be the ID of one of your projects"]}}""");
    }

    [Theory]
    [InlineData("{}", "tasks must be an array of objects")]
    [InlineData("""{"tasks":[]}""", "tasks must be an array of objects")]
    [InlineData("""{"tasks":{}}""", "tasks must be an array of objects")]
    [InlineData(null, "tasks must have 100 items or less")]
    public async Task More_than_a_hundred_or_none_are_refused(string? json, string error)
    {
        var alice = await host.NewAccountAsync();
        json ??= $$"""{"tasks":[{{string.Join(',', Enumerable.Repeat("{}", 101))}}]}""";

        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Patch })
        {
            (await alice.Http.SendJsonAsync(method, "/api/tasks/bulk", json))
                .Is(HttpStatusCode.BadRequest, $$$"""{"message":"Invalid request data","errors":{"tasks":["{{{error}}}"]}}""");
        }
    }

    [Fact]
    public async Task A_task_that_was_changed_since_is_named_and_none_is_changed()
    {
        var alice = await host.NewAccountAsync();
        string[] ids = [await alice.NewTaskAsync(), await alice.NewTaskAsync()];
        var seen = await TimesAsync();
        await alice.PatchAsync($"/api/tasks/{ids[1]}", new { title = "hers" });

        (await ChangeAsync(seen[0], seen[1])).Is(
            HttpStatusCode.PreconditionFailed,
            """{"message":"It was changed since you read it: read it again","errors":{"tasks[1].unchanged_since":["It was changed since"]}}""");
        Assert.Empty((await alice.GetAsync("/api/tasks?status=done")).Json.AsArray());

        var now = await TimesAsync();
        Assert.Equal(HttpStatusCode.OK, (await ChangeAsync(now[0], now[1])).Status);
        (await ChangeAsync("yesterday", now[1])).Is(
            HttpStatusCode.BadRequest,
            """{"message":"Invalid request data","errors":{"tasks[0].unchanged_since":["unchanged_since must be a time such as 2026-01-31T12:00:00Z"]}}""");

        async Task<string[]> TimesAsync() =>
            [.. await Task.WhenAll(ids.Select(async id => (await alice.GetAsync($"/api/tasks/{id}")).Text("updated_at")))];

        Task<Reply> ChangeAsync(params string[] since) => alice.PatchAsync(
            "/api/tasks/bulk", new { tasks = ids.Zip(since, (id, time) => new { id, unchanged_since = time, status = "done" }) });
    }

    [Fact]
    public async Task Bulk_changes_of_the_same_tasks_at_once_all_happen()
    {
        var alice = await host.NewAccountAsync();
        var project = await alice.NewProjectAsync();
        string[] ids = [await alice.NewTaskAsync(project), await alice.NewTaskAsync(project), await alice.NewTaskAsync(project)];

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => alice.PatchAsync(
            "/api/tasks/bulk", new { tasks = (n % 2 == 0 ? ids : ids.Reverse()).Select(id => new { id, title = $"Writer {n}" }) })));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Single((await alice.GetAsync("/api/tasks")).All("title").Distinct());
        Assert.Equal("\"11\"", (await alice.GetAsync($"/api/tasks/{ids[0]}")).Headers["ETag"]);
    }
}
