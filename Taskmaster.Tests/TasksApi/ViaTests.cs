using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Npgsql;
using OpenIddict.Abstractions;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.Tests.TasksApi.Hosting;

namespace Taskmaster.Tests.TasksApi;

/// <summary>Every change says what acted for the user.</summary>
[Collection(SharedTasksApi.Name)]
public sealed class ViaTests(TasksApiHost host)
{
    private const string Agent = """{"kind":"application","client_id":"https://agent.example/client.json"}""";
    private const string Website = """{"kind":"website","client_id":"taskmaster-web"}""";

    [Fact]
    public async Task A_tasks_history_says_what_created_changed_deleted_and_brought_it_back()
    {
        var alice = await host.NewAccountAsync();
        var (agent, website) = (await AsAsync(alice, "https://agent.example/client.json"), await AsAsync(alice, "taskmaster-web"));
        var key = new Account(alice.User, host.WithKey(await host.NewApiKeyAsync(alice.User, [.. TaskmasterScopes.Tasks])));
        var project = await website.NewProjectAsync();
        var task = await agent.NewTaskAsync(project);

        await website.PatchAsync($"/api/tasks/{task}", new { status = "todo" });
        await key.PatchAsync("/api/tasks/bulk", new { tasks = new[] { new { id = task, status = "done" } } });
        await agent.DeleteAsync($"/api/tasks/{task}");
        await website.PostAsync($"/api/tasks/{task}/restore", new { });
        await PastTheApiAsync($"UPDATE tasks SET title = 'by hand' WHERE id = '{task}'");
        await PastTheApiAsync($"DELETE FROM tasks WHERE id = '{task}'");

        var changes = (await website.GetAsync($"/api/tasks/{task}/changes")).Json.AsArray();
        Assert.Equal(
            [
                "deleted ", "updated ", $"created {Website}", $"deleted {Agent}", "updated api_key", $"updated {Website}",
                $"created {Agent}",
            ],
            changes.Select(change => $"{change!["kind"]} {WordsOf(change["via"])}"));
    }

    [Fact]
    public async Task The_stream_and_the_log_say_what_acted_for_what_goes_with_a_project_too()
    {
        var alice = await host.NewAccountAsync();
        var agent = await AsAsync(alice, "https://agent.example/client.json");
        var (events, first) = await EventReader.OpenAsync(host, alice.Http);
        await using var _ = events;

        var project = (await agent.Http.SendAsync(
            HttpMethod.Post, "/api/projects", JsonContent.Create(new { name = "Website", description = "d" }), ("Idempotency-Key", "once")))
            .Text("id");
        var tasks = await agent.PostAsync(
            "/api/tasks/bulk", new { tasks = new[] { new { title = "Write", description = "d", project_id = project } } });
        await alice.PatchAsync($"/api/projects/{project}", new { name = "Site" });
        var told = new List<string> { await NextAsync(), await NextAsync(), await NextAsync() };
        await agent.DeleteAsync($"/api/projects/{project}");
        told.AddRange([await NextAsync(), await NextAsync()]);

        Assert.Equal(
            [$"project.created {Agent}", $"project.deleted {Agent}", "project.updated ", $"task.created {Agent}", $"task.deleted {Agent}"],
            told.Order(StringComparer.Ordinal));
        var page = (await alice.GetAsync("/api/changes?after=" + first.EventId)).Json["changes"]!.AsArray();
        Assert.Contains($"project.deleted {Agent}", page.Select(change => $"{change!["event"]} {WordsOf(change["via"])}"));
        var log = (await alice.GetAsync("/api/history")).Json.AsArray();
        Assert.Equal(
            told.Order(StringComparer.Ordinal),
            log.Select(change => $"{change!["subject"]}.{change["kind"]} {WordsOf(change["via"])}").Order(StringComparer.Ordinal));
        Assert.Equal(tasks.All("id").Single(), log.Select(change => change!["id"]!.GetValue<string>()).Except([project]).Single());

        async Task<string> NextAsync() =>
            await events.NextAsync() is var change ? $"{change.Type} {WordsOf(change.Data["via"])}" : "";
    }

    [Fact]
    [Trait("Behaviour", "37")]
    public async Task The_last_change_of_each_application_is_told_with_what_it_was_about_and_to_its_user_only()
    {
        var alice = await host.NewAccountAsync();
        var bob = await host.NewAccountAsync();
        var (agent, other) = (await AsAsync(alice, "https://agent.example/client.json"), await AsAsync(alice, "other"));
        var task = await agent.NewTaskAsync(await agent.NewProjectAsync());
        await other.PatchAsync($"/api/tasks/{task}", new { title = "Write" });
        await agent.PatchAsync($"/api/tasks/{task}", new { title = "Write it" });
        await alice.PatchAsync($"/api/tasks/{task}", new { title = "Write it down" });
        await other.DeleteAsync($"/api/tasks/{task}");

        var last = (await alice.GetAsync("/api/history?last=true")).Json.AsArray();

        Assert.Equal(
            ["other: task deleted Write it down", "https://agent.example/client.json: task updated Write it down"],
            last.Select(change => $"{change!["via"]!["client_id"]}: {change["subject"]} {change["kind"]} {change["title"]}"));
        (await bob.GetAsync("/api/history?last=true")).Is(HttpStatusCode.OK, "[]");
        (await bob.GetAsync("/api/history?last=maybe")).Is(
            HttpStatusCode.BadRequest, """{"message":"Invalid query parameters","errors":{"last":["last must be true or false"]}}""");
    }

    /// <summary>The user, by a token that was issued to a client.</summary>
    private async Task<Account> AsAsync(Account account, string client) => new(account.User, host.AsBearer(
        await host.Issuer.AccessTokenAsync(account.User, TaskmasterScopes.Tasks, user => user.SetPresenters(client))));

    private async Task PastTheApiAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(host.Postgres.ConnectionString("tasksdb"));
        await using var command = source.CreateCommand(sql);
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    /// <summary>An API key's id is its own.</summary>
    private static string WordsOf(JsonNode? via) => via?["kind"]?.GetValue<string>() == "api_key" ? "api_key" : via?.ToJsonString() ?? "";
}
