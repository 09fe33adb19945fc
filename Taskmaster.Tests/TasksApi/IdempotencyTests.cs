using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.TasksApi.Data;
using Taskmaster.Tests.TasksApi.Hosting;

namespace Taskmaster.Tests.TasksApi;

[Collection(SharedTasksApi.Name)]
public sealed class IdempotencyTests(TasksApiHost host)
{
    private const string InFlight = """{"message":"A request with this Idempotency-Key is being processed"}""";
    private const string Reused = """{"message":"This Idempotency-Key was used for another request"}""";

    public static TheoryData<string> Routes => ["/api/projects", "/api/tasks", "/api/tasks/bulk", "/api/tasks/{task}/relationships"];

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_repeated_request_creates_once_and_is_answered_in_the_same_bytes(string route)
    {
        var alice = await host.NewAccountAsync();
        var (path, body, list) = await ArrangeAsync(alice, route);
        var before = (await alice.GetAsync(list)).Json.AsArray().Count;
        var plain = await alice.Http.SendAsync(HttpMethod.Post, path, Json(body));
        if (route.EndsWith("relationships", StringComparison.Ordinal))
        {
            await alice.DeleteAsync($"{path}/{plain.Text("id")}");
            before--;
        }

        var first = await PostAsync(alice, path, body, "key-1");
        var again = await PostAsync(alice, path, body, "key-1");

        Assert.Equal(HttpStatusCode.Created, first.Status);
        Assert.Equal((first.Status, first.Body), (again.Status, again.Body));
        foreach (var name in new[] { "Location", "ETag", "Content-Type" })
        {
            Assert.Equal(first.Headers.GetValueOrDefault(name), again.Headers.GetValueOrDefault(name));
            Assert.Equal(plain.Headers.ContainsKey(name), first.Headers.ContainsKey(name));
        }

        var created = route.EndsWith("bulk", StringComparison.Ordinal) ? 2 : 1;
        Assert.Equal(before + (2 * created), (await alice.GetAsync(list)).Json.AsArray().Count);
    }

    [Fact]
    public async Task A_key_belongs_to_its_request_and_to_its_caller()
    {
        var alice = await host.NewAccountAsync();
        var bob = await host.NewAccountAsync();
        var first = await PostAsync(alice, "/api/projects", Project("a"), "one");

        (await PostAsync(alice, "/api/projects", Project("b"), "one")).Is(HttpStatusCode.UnprocessableEntity, Reused);
        (await PostAsync(alice, "/api/tasks", Project("a"), "one")).Is(HttpStatusCode.UnprocessableEntity, Reused);

        var his = await PostAsync(bob, "/api/projects", Project("a"), "one");
        Assert.Equal(HttpStatusCode.Created, his.Status);
        Assert.NotEqual(first.Text("id"), his.Text("id"));
        Assert.Equal(bob.User.ToString(), his.Text("created_by"));
    }

    [Fact]
    public async Task A_refused_request_uses_up_no_key()
    {
        var alice = await host.NewAccountAsync();
        var refused = await PostAsync(alice, "/api/projects", """{"name":"a"}""", "one");
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);

        Assert.Equal(HttpStatusCode.Created, (await PostAsync(alice, "/api/projects", Project("a"), "one")).Status);
    }

    [Fact]
    public async Task While_the_first_is_under_way_a_repetition_is_409_and_afterwards_it_gets_the_answer()
    {
        var alice = await host.NewAccountAsync();
        var project = await alice.NewProjectAsync();
        var body = Task(project);
        await using var held = await HeldProject.HoldAsync(host.Postgres.ConnectionString("tasksdb"), project);

        var first = PostAsync(alice, "/api/tasks", body, "one");
        await held.UntilWaitedForAsync();
        (await PostAsync(alice, "/api/tasks", body, "one")).Is(HttpStatusCode.Conflict, InFlight);
        Assert.False(first.IsCompleted);

        await held.ReleaseAsync();
        var answer = await first;
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        (await PostAsync(alice, "/api/tasks", body, "one")).Is(HttpStatusCode.Created, answer.Body);
        Assert.Equal([answer.Text("id")], (await alice.GetAsync("/api/tasks")).All("id"));
    }

    [Fact]
    public async Task Many_at_once_create_one()
    {
        var alice = await host.NewAccountAsync();

        var answers = await System.Threading.Tasks.Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => PostAsync(alice, "/api/projects", Project("a"), "one")));

        Assert.All(answers, answer => Assert.True(answer.Status is HttpStatusCode.Created or HttpStatusCode.Conflict, answer.Body));
        Assert.Single(answers.Where(answer => answer.Status == HttpStatusCode.Created).Select(answer => answer.Body).Distinct());
        Assert.Single((await alice.GetAsync("/api/projects")).Json.AsArray());
    }

    [Fact]
    public async Task After_a_day_a_key_is_free_again_and_its_row_is_removed()
    {
        var alice = await host.NewAccountAsync();
        var bob = await host.NewAccountAsync();
        await PostAsync(alice, "/api/projects", Project("a"), "one");
        await PostAsync(bob, "/api/projects", Project("a"), "one");

        host.Clock.Advance(TimeSpan.FromHours(24));
        var tomorrow = new Account(alice.User, host.AsBearer(await host.Issuer.AccessTokenAsync(alice.User, TaskmasterScopes.Tasks)));
        var second = await PostAsync(tomorrow, "/api/projects", Project("b"), "one");
        Assert.Equal((HttpStatusCode.Created, "b"), (second.Status, second.Text("name")));

        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await host.Services.GetRequiredService<ExpiredRows>().RemoveAsync(CancellationToken.None);
        Assert.Equal(1, await KeysAsync(alice));
        Assert.Equal(0, await KeysAsync(bob));
        (await PostAsync(tomorrow, "/api/projects", Project("b"), "one")).Is(HttpStatusCode.Created, second.Body);
    }

    [Theory]
    [InlineData("")]
    [InlineData("256")]
    public async Task A_key_that_is_none_is_400(string key)
    {
        var alice = await host.NewAccountAsync();

        (await PostAsync(alice, "/api/projects", Project("a"), key == "256" ? new string('k', 256) : key)).Is(
            HttpStatusCode.BadRequest, """{"message":"Idempotency-Key must be one value of 255 ASCII characters or less"}""");
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(alice, "/api/projects", Project("a"), new string('k', 255))).Status);
    }

    /// <summary>More of them than the API has connections.</summary>
    [Fact]
    public async Task Callers_who_send_slowly_hold_no_connection_and_no_lock()
    {
        var alice = await host.NewAccountAsync();
        List<SlowSender> senders = [];
        try
        {
            for (var n = 0; n < 2 * ConnectionBudget.Requests; n++)
            {
                // RFC 9110 §10.1.1: the server asks for the body when it reads it.
                var sender = await SlowSender.StartAsync(
                    host.Anonymous.BaseAddress!, alice.Http.DefaultRequestHeaders.Authorization!, "/api/projects", $"slow-{n}");
                senders.Add(sender);
                Assert.Equal("HTTP/1.1 100 Continue", await sender.ReadLineAsync());
                await sender.SendAsync("{\"name\":");
            }

            await using (var source = NpgsqlDataSource.Create(host.Postgres.ConnectionString("tasksdb")))
            await using (var command = source.CreateCommand(
                $"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = "
                + $"'tasksdb') AND objid::bigint = hashtextextended('{alice.User}slow-0', 0) & 4294967295"))
            {
                Assert.Equal(0L, await command.ExecuteScalarAsync());
            }

            Assert.Equal(HttpStatusCode.Created, (await PostAsync(alice, "/api/projects", Project("a"), "quick")).Status);

            await senders[0].SendAsync("\"s\",\"description\":\"d\"}");
            Assert.Equal("", await senders[0].ReadLineAsync());
            Assert.Equal("HTTP/1.1 201 Created", await senders[0].ReadLineAsync());
        }
        finally
        {
            senders.ForEach(sender => sender.Dispose());
        }
    }

    [Fact]
    public async Task A_body_that_is_not_read_is_refused_without_waiting_for_it()
    {
        var alice = await host.NewAccountAsync();
        using var sender = await SlowSender.StartAsync(
            host.Anonymous.BaseAddress!, alice.Http.DefaultRequestHeaders.Authorization!, "/api/projects", "one",
            contentType: "text/plain", expectsContinue: false);

        Assert.Equal("HTTP/1.1 415 Unsupported Media Type", await sender.ReadLineAsync());
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(alice, "/api/projects", Project("a"), "one")).Status);
    }

    private async Task<long> KeysAsync(Account account)
    {
        await using var source = NpgsqlDataSource.Create(host.Postgres.ConnectionString("tasksdb"));
        await using var command = source.CreateCommand($"SELECT count(*) FROM idempotency_keys WHERE owner_id = '{account.User}'");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<(string Path, string Body, string List)> ArrangeAsync(Account account, string route)
    {
        var project = await account.NewProjectAsync();
        var task = await account.NewTaskAsync(project);
        var other = await account.NewTaskAsync(project);
        var path = route.Replace("{task}", task, StringComparison.Ordinal);
        return route switch
        {
            "/api/projects" => (path, Project("a"), path),
            "/api/tasks" => (path, Task(project), path),
            "/api/tasks/bulk" => (path, $$"""{"tasks":[{{Task(project)}},{{Task(project)}}]}""", "/api/tasks"),
            _ => (path, $$"""{"target_task_id":"{{other}}","type":"blocks"}""", path),
        };
    }

    private static string Project(string name) => $$"""{"name":"{{name}}","description":"d"}""";

    private static string Task(string project) => $$"""{"title":"t","description":"d","project_id":"{{project}}"}""";

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static Task<Reply> PostAsync(Account account, string path, string body, string key) =>
        account.Http.SendAsync(HttpMethod.Post, path, Json(body), ("Idempotency-Key", key));
}
