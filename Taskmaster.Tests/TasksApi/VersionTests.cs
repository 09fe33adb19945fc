using System.Net;
using System.Net.Http.Json;
using System.Text;
using Taskmaster.Tests.TasksApi.Hosting;

namespace Taskmaster.Tests.TasksApi;

[Collection(SharedTasksApi.Name)]
public sealed class VersionTests(TasksApiHost host)
{
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
        (await SendAsync(alice, HttpMethod.Patch, path, "second", ("If-Match", $"W/{changed.Headers["ETag"]}"))).Is(HttpStatusCode.PreconditionFailed, Stale);
        (await SendAsync(alice, HttpMethod.Patch, path, "second", ("If-Match", "not a tag"))).Is(HttpStatusCode.PreconditionFailed, Stale);
        (await alice.Http.SendAsync(HttpMethod.Delete, path, null, ("If-Match", tag))).Is(HttpStatusCode.PreconditionFailed, Stale);
        (await alice.GetAsync(path)).Is(HttpStatusCode.OK, changed.Body);

        Assert.Equal("\"3\"", (await SendAsync(alice, HttpMethod.Patch, path, "third", ("If-Match", "\"9\", \"2\""))).Headers["ETag"]);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(alice, HttpMethod.Put, path, "fourth", ("If-Match", "*"))).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await alice.Http.SendAsync(HttpMethod.Delete, path, null, ("If-Match", "\"4\""))).Status);
    }

    [Fact]
    public async Task A_relationship_that_was_changed_meanwhile_is_neither_changed_nor_removed()
    {
        var alice = await host.NewAccountAsync();
        var project = await alice.NewProjectAsync();
        var path = $"/api/tasks/{await alice.NewTaskAsync(project)}/relationships";
        var other = await alice.NewTaskAsync(project);
        var created = await alice.Http.SendAsync(HttpMethod.Post, path, JsonContent.Create(new { target_task_id = other, type = "blocks" }));
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
            (await bob.Http.SendAsync(HttpMethod.Get, path, null, ("If-None-Match", tag))).Is(HttpStatusCode.NotFound, "Not Found", "text/plain");
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

    private static async Task<string> NewAsync(Account account, string kind) =>
        $"/api/{kind}/" + (kind == "tasks" ? await account.NewTaskAsync() : await account.NewProjectAsync());

    private static Task<Reply> SendAsync(Account account, HttpMethod method, string path, string description, params (string, string)[] headers) =>
        account.Http.SendAsync(method, path, JsonContent.Create(new { description }), headers);
}
