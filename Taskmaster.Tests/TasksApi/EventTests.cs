using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.TasksApi.Data;
using Taskmaster.Tests.TasksApi.Hosting;

namespace Taskmaster.Tests.TasksApi;

[Collection(SharedTasksApi.Name)]
public sealed class EventTests(TasksApiHost host)
{
    [Fact]
    [Trait("Behaviour", "37")]
    public async Task A_page_of_changes_is_what_the_stream_tells_and_goes_on_where_either_ended()
    {
        var alice = await host.NewAccountAsync();
        var bob = await host.NewAccountAsync();
        var start = await alice.GetAsync("/api/changes");
        Assert.Equal(HttpStatusCode.OK, start.Status);
        Assert.Empty(start.Json["changes"]!.AsArray());

        var (events, _) = await EventReader.OpenAsync(host, alice.Http);
        await using var stream = events;
        var project = await alice.NewProjectAsync();
        await bob.NewTaskAsync();
        var told = await events.NextAsync();
        var task = await alice.NewTaskAsync(project);
        _ = await events.NextAsync();

        var page = await alice.GetAsync("/api/changes?after=" + start.Text("next"));
        Assert.Equal(
            [("project.created", project), ("task.created", task)],
            page.Json["changes"]!.AsArray().Select(change => ((string)change!["event"]!, (string)change["id"]!)));
        Assert.Equal((await alice.GetAsync($"/api/tasks/{task}")).Body, page.Json["changes"]![1]!["task"]!.ToJsonString());
        Assert.Equal((false, false), ((bool)page.Json["more"]!, (bool)page.Json["reset"]!));

        var rest = await alice.GetAsync("/api/changes?after=" + told.Id);
        Assert.Equal("task.created", (string)Assert.Single(rest.Json["changes"]!.AsArray())!["event"]!);
        Assert.Empty((await alice.GetAsync("/api/changes?after=" + rest.Text("next"))).Json["changes"]!.AsArray());
    }

    [Fact]
    public async Task A_position_that_nobody_gave_is_refused_and_one_that_is_too_old_says_to_list_anew()
    {
        var alice = await host.NewAccountAsync();

        var refused = await alice.GetAsync("/api/changes?after=made-up");

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("after must be a position that this list or an event gave", (string)refused.Json["errors"]!["after"]![0]!);
        Assert.True((bool)(await alice.GetAsync("/api/changes?after=1000-1-1")).Json["reset"]!);
    }

    [Fact]
    [Trait("Behaviour", "37")]
    public async Task A_stream_tells_of_ones_own_changes_in_their_order_and_of_nobody_elses()
    {
        var alice = await host.NewAccountAsync();
        var bob = await host.NewAccountAsync();
        var (events, first) = await EventReader.OpenAsync(host, alice.Http);
        await using var _ = events;
        Assert.Equal(("heartbeat", "{}"), (first.EventType, first.Data));

        var project = await alice.NewProjectAsync();
        await bob.NewTaskAsync();
        var task = await alice.NewTaskAsync(project);
        var (createdProject, createdTask) = (await events.NextAsync(), await events.NextAsync());
        Assert.Equal(("project.created", project), (createdProject.Type, createdProject.Subject));
        Assert.Equal(("task.created", task), (createdTask.Type, createdTask.Subject));
        Assert.Equal((await alice.GetAsync($"/api/tasks/{task}")).Body, createdTask.Data["task"]!.ToJsonString());

        await alice.PatchAsync($"/api/tasks/{task}", new { status = "done" });
        var updated = await events.NextAsync();
        Assert.Equal(("task.updated", "done"), (updated.Type, updated.Data["task"]!["status"]!.GetValue<string>()));

        // Its tasks go with it, by the database's own cascade.
        await alice.DeleteAsync($"/api/projects/{project}");
        var deleted = new[] { await events.NextAsync(), await events.NextAsync() };
        Assert.Equal(
            [("project.deleted", project), ("task.deleted", task)], deleted.Select(change => (change.Type, change.Subject)).Order());
        Assert.All(deleted, change => Assert.Equal($$"""{"id":"{{change.Subject}}"}""", change.Data.ToJsonString()));
    }

    [Fact]
    public async Task A_stream_that_broke_goes_on_where_it_was_on_another_replica()
    {
        await using var replica = host.StartApi();
        using var elsewhere = replica.CreateClient();
        var alice = await host.NewAccountAsync();
        elsewhere.DefaultRequestHeaders.Authorization = alice.Http.DefaultRequestHeaders.Authorization;

        var (events, first) = await EventReader.OpenAsync(host, alice.Http);
        await events.DisposeAsync();
        var project = await alice.NewProjectAsync();
        var task = await alice.NewTaskAsync(project);

        var (resumed, _) = await EventReader.OpenAsync(host, elsewhere, first.EventId);
        var seen = await resumed.NextAsync();
        Assert.Equal(project, seen.Subject);
        await resumed.DisposeAsync();

        var (again, _) = await EventReader.OpenAsync(host, alice.Http, seen.Id);
        await using var __ = again;
        Assert.Equal(("task.created", task), ((await again.NextAsync()) is var next ? (next.Type, next.Subject) : default));
    }

    [Fact]
    public async Task A_change_that_is_committed_late_is_told_all_the_same()
    {
        var alice = await host.NewAccountAsync();
        var project = await alice.NewProjectAsync();
        var (events, _) = await EventReader.OpenAsync(host, alice.Http);
        await using var __ = events;
        await using var source = NpgsqlDataSource.Create(host.Postgres.ConnectionString("tasksdb"));
        await using var connection = await source.OpenConnectionAsync();
        await using var slow = await connection.BeginTransactionAsync();
        await using (var insert = new NpgsqlCommand(
            $"INSERT INTO tasks (id, owner_id, project_id, title, description, status, created_at, updated_at) VALUES "
            + $"(gen_random_uuid(), '{alice.User}', '{project}', 'slow', 'd', 'todo', now(), now())", connection))
        {
            await insert.ExecuteNonQueryAsync();
        }

        var fast = await alice.NewTaskAsync(project);
        await slow.CommitAsync();

        var told = new[] { await events.NextAsync(), await events.NextAsync() };
        Assert.Contains(fast, told.Select(change => change.Subject));
        Assert.Contains("slow", told.Select(change => change.Data["task"]!["title"]!.GetValue<string>()));
    }

    [Fact]
    [Trait("Behaviour", "33")]
    public async Task Nothing_is_told_to_a_revoked_token_and_its_stream_ends()
    {
        var alice = await host.NewAccountAsync();
        var token = await host.Issuer.AccessTokenAsync(alice.User, TaskmasterScopes.Tasks);
        var (events, _) = await EventReader.OpenAsync(host, host.AsBearer(token));
        await using var __ = events;

        await host.Issuer.RevokeAsync(token);
        await alice.NewProjectAsync();

        Assert.Null(await events.AnyAsync());
    }

    [Fact]
    [Trait("Behaviour", "34")]
    public async Task A_stream_ends_when_its_token_expires()
    {
        var alice = await host.NewAccountAsync();
        var (events, _) = await EventReader.OpenAsync(host, alice.Http);
        await using var __ = events;

        host.Clock.Advance(TokenIssuer.Lifetime + TimeSpan.FromSeconds(1));

        Assert.Null(await events.AnyAsync());
    }

    [Fact]
    public async Task An_old_position_is_told_to_list_anew_and_one_that_is_none_is_400()
    {
        var alice = await host.NewAccountAsync();
        var now = host.Clock.GetUtcNow();
        foreach (var id in new[]
        {
            $"{now.AddDays(-7).ToUnixTimeMilliseconds()}-1-1", $"{now.ToUnixTimeMilliseconds()}-18446744073709551615-0"
        })
        {
            var (events, first) = await EventReader.OpenAsync(host, alice.Http, id);
            await events.DisposeAsync();
            Assert.Equal(("reset", "{}"), (first.EventType, first.Data));
        }

        foreach (var id in new[] { "1", "a-b-c", "1-2-3-4", "-1-2-3", "99999999999999999-1-1", "1-18446744073709551616-1" })
        {
            (await alice.Http.SendAsync(HttpMethod.Get, "/api/events", null, ("Last-Event-ID", id))).Is(
                HttpStatusCode.BadRequest, """{"message":"Last-Event-ID must be the id of an event of this stream"}""");
        }
    }

    [Fact]
    public async Task A_service_that_stops_ends_its_streams_and_another_goes_on_where_they_were()
    {
        var alice = await host.NewAccountAsync();
        var replica = host.StartApi();
        using var http = replica.CreateClient();
        http.DefaultRequestHeaders.Authorization = alice.Http.DefaultRequestHeaders.Authorization;
        var (events, first) = await EventReader.OpenAsync(host, http);
        await using var __ = events;

        // What SIGTERM does. A connection that was cut would throw here.
        replica.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        Assert.Null(await events.AnyAsync());
        await replica.DisposeAsync();

        var project = await alice.NewProjectAsync();
        var (resumed, _) = await EventReader.OpenAsync(host, alice.Http, first.EventId);
        await using var ___ = resumed;
        Assert.Equal(project, (await resumed.NextAsync()).Subject);
    }

    [Fact]
    public async Task Changes_are_kept_for_seven_days_and_then_removed()
    {
        var alice = await host.NewAccountAsync();
        await using var source = NpgsqlDataSource.Create(host.Postgres.ConnectionString("tasksdb"));
        var limit = host.Clock.GetUtcNow().AddDays(-7);
        await AddAsync(limit.AddMilliseconds(-1), 1500);
        await AddAsync(limit.AddHours(1), 1);

        await host.Services.GetRequiredService<ExpiredRows>().RemoveAsync(CancellationToken.None);

        await using var count = source.CreateCommand($"SELECT count(*) FROM changes WHERE owner_id = '{alice.User}'");
        Assert.Equal(1L, await count.ExecuteScalarAsync());

        async Task AddAsync(DateTimeOffset at, int changes)
        {
            await using var insert = source.CreateCommand(
                $"INSERT INTO changes (owner_id, subject, subject_id, kind, at) SELECT '{alice.User}', 'task', gen_random_uuid(), "
                + $"'created', $1 FROM generate_series(1, {changes})");
            insert.Parameters.Add(new() { Value = at });
            Assert.Equal(changes, await insert.ExecuteNonQueryAsync());
        }
    }

    [Fact]
    public async Task A_caller_has_ten_streams_at_most()
    {
        var alice = await host.NewAccountAsync();
        var bob = await host.NewAccountAsync();
        List<EventReader> open = [];
        for (var n = 0; n < 10; n++)
        {
            open.Add((await EventReader.OpenAsync(host, alice.Http)).Reader);
        }

        var refused = await alice.GetAsync("/api/events");
        refused.Is(HttpStatusCode.TooManyRequests, """{"message":"10 streams of events are open: close one first"}""");
        Assert.Equal("15", refused.Headers["Retry-After"]);
        await (await EventReader.OpenAsync(host, bob.Http)).Reader.DisposeAsync();

        foreach (var reader in open)
        {
            await reader.DisposeAsync();
        }
    }
}
