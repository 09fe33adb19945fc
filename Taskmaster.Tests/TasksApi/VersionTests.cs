using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Taskmaster.Tests.TasksApi.Hosting;

namespace Taskmaster.Tests.TasksApi;

[Collection(SharedTasksApi.Name)]
public sealed class VersionTests(TasksApiHost host)
{
    private const string Unmet =
        """{"message":"A condition of the request does not hold: If-None-Match names what is there, or If-Match what is not"}""";

    private const string Stale = """{"message":"It was changed since you read it: read it again"}""";

    [Theory]
    [InlineData("tasks")]
    [InlineData("projects")]
    public async Task Whoever_changes_what_was_changed_meanwhile_is_told_so_and_changes_nothing(string kind)
    {
        var alice = await host.NewAccountAsync();
        var path = await NewAsync(alice, kind);
        var read = await alice.GetAsync(path);
        var tag = read.Headers["ETag"];
        Assert.Equal("\"1\"", tag);

        var changed = await SendAsync(alice, HttpMethod.Put, path, "first", ("If-Match", tag));
        Assert.Equal((HttpStatusCode.OK, "\"2\""), (changed.Status, changed.Headers["ETag"]));

        (await SendAsync(alice, HttpMethod.Put, path, "second", ("If-Match", tag))).Is(HttpStatusCode.PreconditionFailed, Stale);
        (await SendAsync(alice, HttpMethod.Patch, path, "second", ("If-Match", $"W/{changed.Headers["ETag"]}")))
            .Is(HttpStatusCode.PreconditionFailed, Stale);
        (await SendAsync(alice, HttpMethod.Patch, path, "second", ("If-Match", "not a tag"))).Is(HttpStatusCode.PreconditionFailed, Stale);
        (await alice.Http.SendAsync(HttpMethod.Delete, path, null, ("If-Match", tag))).Is(HttpStatusCode.PreconditionFailed, Stale);
        (await alice.GetAsync(path)).Is(HttpStatusCode.OK, changed.Body);

        Assert.Equal("\"3\"", (await SendAsync(alice, HttpMethod.Patch, path, "third", ("If-Match", "\"9\", \"2\""))).Headers["ETag"]);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(alice, HttpMethod.Put, path, "fourth", ("If-Match", "*"))).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await alice.Http.SendAsync(HttpMethod.Delete, path, null, ("If-Match", "\"4\""))).Status);
    }

    [Fact]
    public async Task Two_states_of_a_task_never_have_the_same_time_so_that_lists_tell_them_apart()
    {
        var alice = await host.NewAccountAsync();
        var path = await NewAsync(alice, "tasks");

        // The clock stands still.
        var times = new List<string> { (await alice.GetAsync(path)).Text("updated_at") };
        foreach (var title in new[] { "first", "second" })
        {
            times.Add((await SendAsync(alice, HttpMethod.Put, path, title)).Text("updated_at"));
        }

        Assert.Equal(times.Distinct().OrderBy(time => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture)), times);
    }

    [Fact]
    public async Task A_relationship_that_was_changed_meanwhile_is_neither_changed_nor_removed()
    {
        var alice = await host.NewAccountAsync();
        var project = await alice.NewProjectAsync();
        var path = $"/api/tasks/{await alice.NewTaskAsync(project)}/relationships";
        var other = await alice.NewTaskAsync(project);
        var created = await alice.Http.SendAsync(
            HttpMethod.Post, path, JsonContent.Create(new { target_task_id = other, type = "blocks" }));
        Assert.Equal((HttpStatusCode.Created, "\"1\""), (created.Status, created.Headers["ETag"]));
        var one = $"{path}/{created.Text("id")}";

        var changed = await ChangeAsync("duplicates", "\"1\"");
        Assert.Equal((HttpStatusCode.OK, "\"2\""), (changed.Status, changed.Headers["ETag"]));

        (await ChangeAsync("relates_to", "\"1\"")).Is(HttpStatusCode.PreconditionFailed, Stale);
        (await alice.Http.SendAsync(HttpMethod.Delete, one, null, ("If-Match", "\"1\""))).Is(HttpStatusCode.PreconditionFailed, Stale);
        (await alice.GetAsync(path)).Is(HttpStatusCode.OK, $"[{changed.Body}]");
        Assert.Equal(HttpStatusCode.NoContent, (await alice.Http.SendAsync(HttpMethod.Delete, one, null, ("If-Match", "\"2\""))).Status);

        Task<Reply> ChangeAsync(string type, string tag) =>
            alice.Http.SendAsync(HttpMethod.Put, one, JsonContent.Create(new { relationship_type = type }), ("If-Match", tag));
    }

    [Fact]
    [Trait("Behaviour", "37")]
    public async Task A_condition_on_what_is_not_there_or_not_yours_is_404()
    {
        var bob = await host.NewAccountAsync();
        var path = await NewAsync(await host.NewAccountAsync(), "tasks");

        foreach (var tag in new[] { "*", "\"1\"", "\"7\"" })
        {
            (await SendAsync(bob, HttpMethod.Put, path, "x", ("If-Match", tag))).Is(HttpStatusCode.NotFound, "Not Found", "text/plain");
            (await bob.Http.SendAsync(HttpMethod.Get, path, null, ("If-None-Match", tag)))
                .Is(HttpStatusCode.NotFound, "Not Found", "text/plain");
        }
    }

    [Theory]
    [InlineData("tasks")]
    [InlineData("projects")]
    public async Task What_a_caller_has_already_is_not_sent_again(string kind)
    {
        var alice = await host.NewAccountAsync();
        var path = await NewAsync(alice, kind);

        foreach (var tags in new[] { "\"1\"", "W/\"1\"", "\"0\", \"1\"", "*" })
        {
            var known = await alice.Http.SendAsync(HttpMethod.Get, path, null, ("If-None-Match", tags));
            Assert.Equal((HttpStatusCode.NotModified, "", "\"1\""), (known.Status, known.Body, known.Headers["ETag"]));
        }

        await SendAsync(alice, HttpMethod.Patch, path, "changed");
        var news = await alice.Http.SendAsync(HttpMethod.Get, path, null, ("If-None-Match", "\"1\""));
        Assert.Equal((HttpStatusCode.OK, "\"2\""), (news.Status, news.Headers["ETag"]));
    }

    [Fact]
    public async Task Of_many_writers_with_the_same_tag_exactly_one_wins()
    {
        var alice = await host.NewAccountAsync();
        var path = await NewAsync(alice, "tasks");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n =>
            SendAsync(alice, HttpMethod.Put, path, $"Writer {n}", ("If-Match", "\"1\""))));

        var winner = Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(answers.Except([winner]), answer => answer.Is(HttpStatusCode.PreconditionFailed, Stale));
        (await alice.GetAsync(path)).Is(HttpStatusCode.OK, winner.Body);
    }

    [Fact]
    public async Task Many_writers_of_different_fields_without_a_tag_lose_nothing()
    {
        var alice = await host.NewAccountAsync();
        var path = await NewAsync(alice, "tasks");

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).SelectMany(n => new[]
        {
            alice.PatchAsync(path, new { title = "changed" }),
            alice.PatchAsync(path, new { description = "changed" }),
        }));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(Enumerable.Range(2, 20).Select(n => $"\"{n}\"").Order(), answers.Select(answer => answer.Headers["ETag"]).Order());
        var task = await alice.GetAsync(path);
        Assert.Equal(("changed", "changed"), (task.Text("title"), task.Text("description")));
    }

    [Fact]
    public async Task A_merge_patch_changes_what_it_names_and_cannot_take_away_what_every_task_has()
    {
        var alice = await host.NewAccountAsync();
        var path = await NewAsync(alice, "tasks");
        var before = await alice.GetAsync(path);

        using var patch = new StringContent("""{"status":"done","created_by":"me"}""", Encoding.UTF8, "application/merge-patch+json");
        var patched = await alice.Http.SendAsync(HttpMethod.Patch, path, patch);
        Assert.Equal((HttpStatusCode.OK, "done"), (patched.Status, patched.Text("status")));
        Assert.Equal((before.Text("title"), before.Text("created_by")), (patched.Text("title"), patched.Text("created_by")));

        (await alice.Http.SendJsonAsync(HttpMethod.Patch, path, """{"title":null}"""))
            .Is(HttpStatusCode.BadRequest, """{"message":"Invalid request data","errors":{"title":["Title must be a string"]}}""");
    }

    [Theory]
    [InlineData("tasks")]
    [InlineData("projects")]
    public async Task A_write_that_is_only_to_be_done_if_there_is_nothing_is_not_done_over_something(string kind)
    {
        var alice = await host.NewAccountAsync();
        var path = await NewAsync(alice, kind);

        // RFC 9110 §13.1.2: the tags are compared weakly; a list that cannot be read is no reason to overwrite.
        foreach (var tags in new[] { "*", "\"1\"", "W/\"1\"", "\"7\", \"1\"", "1" })
        {
            foreach (var method in new[] { HttpMethod.Put, HttpMethod.Patch })
            {
                (await SendAsync(alice, method, path, "x", ("If-None-Match", tags))).Is(HttpStatusCode.PreconditionFailed, Unmet);
            }

            (await alice.Http.SendAsync(HttpMethod.Delete, path, null, ("If-None-Match", tags)))
                .Is(HttpStatusCode.PreconditionFailed, Unmet);
        }

        Assert.Equal("\"1\"", (await alice.GetAsync(path)).Headers["ETag"]);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(alice, HttpMethod.Patch, path, "x", ("If-None-Match", "\"7\""))).Status);
        Assert.Equal(
            HttpStatusCode.NoContent, (await alice.Http.SendAsync(HttpMethod.Delete, path, null, ("If-None-Match", "\"1\""))).Status);
    }

    [Theory]
    [InlineData("tasks")]
    [InlineData("projects")]
    public async Task A_date_is_a_condition_as_well_unless_there_is_a_tag(string kind)
    {
        var alice = await host.NewAccountAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(2));
        var path = await NewAsync(alice, kind);
        var read = await alice.GetAsync(path);
        var changed = read.Headers["Last-Modified"];
        var before = DateTimeOffset.Parse(changed, CultureInfo.InvariantCulture)
            .AddSeconds(-1)
            .ToString("R", CultureInfo.InvariantCulture);
        Assert.Equal(host.Clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture), changed);

        (await SendAsync(alice, HttpMethod.Put, path, "x", ("If-Unmodified-Since", before))).Is(HttpStatusCode.PreconditionFailed, Stale);
        (await SendAsync(alice, HttpMethod.Patch, path, "x", ("If-Unmodified-Since", before)))
            .Is(HttpStatusCode.PreconditionFailed, Stale);
        (await alice.Http.SendAsync(HttpMethod.Delete, path, null, ("If-Unmodified-Since", before)))
            .Is(HttpStatusCode.PreconditionFailed, Stale);
        (await alice.Http.SendAsync(HttpMethod.Get, path, null, ("If-Unmodified-Since", before)))
            .Is(HttpStatusCode.PreconditionFailed, Stale);
        Assert.Equal(
            HttpStatusCode.NotModified, (await alice.Http.SendAsync(HttpMethod.Get, path, null, ("If-Modified-Since", changed))).Status);

        // RFC 9110 §13.1.3, §13.1.4 and §13.2.2: what is ignored.
        foreach (var headers in new (string, string)[][]
        {
            [("If-Modified-Since", before)],
            [("If-Modified-Since", "yesterday")],
            [("If-Modified-Since", changed), ("If-None-Match", "\"7\"")],
            [("If-Unmodified-Since", changed)],
            [("If-Unmodified-Since", before), ("If-Match", "\"1\"")],
        })
        {
            (await alice.Http.SendAsync(HttpMethod.Get, path, null, headers)).Is(HttpStatusCode.OK, read.Body);
        }

        foreach (var headers in new (string, string)[][]
        {
            [("If-Unmodified-Since", changed)], [("If-Unmodified-Since", "yesterday")], [("If-Modified-Since", changed)],
        })
        {
            Assert.Equal(HttpStatusCode.OK, (await SendAsync(alice, HttpMethod.Patch, path, "x", headers)).Status);
        }

        var tag = (await alice.GetAsync(path)).Headers["ETag"];
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(
            alice, HttpMethod.Put, path, "x", ("If-Unmodified-Since", before), ("If-Match", tag))).Status);
    }

    [Fact]
    public async Task A_read_is_412_when_it_is_asked_for_another_state()
    {
        var alice = await host.NewAccountAsync();
        var path = await NewAsync(alice, "tasks");

        (await alice.Http.SendAsync(HttpMethod.Get, path, null, ("If-Match", "\"7\""))).Is(HttpStatusCode.PreconditionFailed, Stale);
        Assert.Equal(HttpStatusCode.OK, (await alice.Http.SendAsync(HttpMethod.Get, path, null, ("If-Match", "\"1\""))).Status);
        Assert.Equal(HttpStatusCode.NotModified, (await alice.Http.SendAsync(
            HttpMethod.Get, path, null, ("If-Match", "*"), ("If-None-Match", "\"1\""))).Status);
    }

    /// <summary>RFC 9110 §13.1: a list is there but has no tag and no date, so that only * names its state.</summary>
    [Theory]
    [InlineData("/api/tasks", """{"title":"t","description":"d","project_id":"{project}"}""")]
    [InlineData("/api/projects", """{"name":"n","description":"d"}""")]
    [InlineData("/api/tasks/{task}/relationships", """{"target_task_id":"{other}","type":"blocks"}""")]
    public async Task A_list_has_no_state_but_that_it_is_there(string list, string body)
    {
        var alice = await host.NewAccountAsync();
        var project = await alice.NewProjectAsync();
        var (task, other) = (await alice.NewTaskAsync(project), await alice.NewTaskAsync(project));
        string Filled(string text) => text.Replace("{project}", project, StringComparison.Ordinal)
            .Replace("{task}", task, StringComparison.Ordinal).Replace("{other}", other, StringComparison.Ordinal);
        var path = Filled(list);
        var before = (await alice.GetAsync(path)).Body;

        foreach (var (name, value) in new[] { ("If-Match", "\"1\""), ("If-Match", "x"), ("If-None-Match", "*") })
        {
            (await PostAsync((name, value))).Is(HttpStatusCode.PreconditionFailed, Unmet);
            var read = await alice.Http.SendAsync(HttpMethod.Get, path, null, (name, value));
            Assert.Equal(name == "If-Match" ? HttpStatusCode.PreconditionFailed : HttpStatusCode.NotModified, read.Status);
        }

        (await alice.GetAsync(path)).Is(HttpStatusCode.OK, before);
        Assert.Equal(HttpStatusCode.OK, (await alice.Http.SendAsync(
            HttpMethod.Get, path, null, ("If-Match", "*"), ("If-None-Match", "\"1\""))).Status);
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(
            ("If-Match", "*"), ("If-None-Match", "\"1\""), ("If-Unmodified-Since", "Mon, 01 Jan 2001 00:00:00 GMT"))).Status);

        Task<Reply> PostAsync(params (string, string)[] headers) =>
            alice.Http.SendAsync(HttpMethod.Post, path, new StringContent(Filled(body), Encoding.UTF8, "application/json"), headers);
    }

    [Fact]
    [Trait("Behaviour", "37")]
    public async Task A_condition_on_the_relationships_of_a_task_that_is_not_there_or_not_yours_is_404()
    {
        var (alice, bob) = (await host.NewAccountAsync(), await host.NewAccountAsync());
        var (hers, his) = (await alice.NewTaskAsync(), await bob.NewTaskAsync());

        foreach (var task in new[] { hers, Guid.CreateVersion7().ToString() })
        {
            (await bob.Http.SendAsync(
                HttpMethod.Post, $"/api/tasks/{task}/relationships", JsonContent.Create(new { target_task_id = his, type = "blocks" }),
                ("If-Match", "\"1\"")))
                .Is(HttpStatusCode.NotFound, """{"message":"One or both tasks not found or not owned by user"}""");
        }
    }

    /// <summary>RFC 9110 §13.1.1: nothing can be read there, so there is no state that a condition could name.</summary>
    [Fact]
    public async Task A_bulk_request_on_the_condition_of_a_state_is_not_done()
    {
        var alice = await host.NewAccountAsync();
        var project = await alice.NewProjectAsync();
        var task = await alice.NewTaskAsync(project);
        var read = await alice.GetAsync($"/api/tasks/{task}");
        object changes = new { tasks = new[] { new { id = task, title = "changed" } } };
        object creation = new { tasks = new[] { new { title = "new", description = "d", project_id = project } } };

        foreach (var tags in new[] { "\"1\"", "\"999\"", "*", "x" })
        {
            (await SendBulkAsync(HttpMethod.Patch, changes, ("If-Match", tags))).Is(HttpStatusCode.PreconditionFailed, Unmet);
            (await SendBulkAsync(HttpMethod.Post, creation, ("If-Match", tags))).Is(HttpStatusCode.PreconditionFailed, Unmet);
        }

        (await alice.GetAsync("/api/tasks")).Is(HttpStatusCode.OK, $"[{read.Body}]");
        Assert.Equal(HttpStatusCode.OK, (await SendBulkAsync(HttpMethod.Patch, changes, ("If-None-Match", "*"))).Status);

        Task<Reply> SendBulkAsync(HttpMethod method, object body, (string, string) header) =>
            alice.Http.SendAsync(method, "/api/tasks/bulk", JsonContent.Create(body), header);
    }

    private static async Task<string> NewAsync(Account account, string kind) =>
        $"/api/{kind}/" + (kind == "tasks" ? await account.NewTaskAsync() : await account.NewProjectAsync());

    private static Task<Reply> SendAsync(
        Account account, HttpMethod method, string path, string description, params (string, string)[] headers) =>
        account.Http.SendAsync(method, path, JsonContent.Create(new { description }), headers);
}
