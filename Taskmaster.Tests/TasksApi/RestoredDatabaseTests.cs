using Taskmaster.Tests.EndToEnd.Local;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Tests.TasksApi.Hosting;

namespace Taskmaster.Tests.TasksApi;

/// <summary>
/// What callers are told of their changes once tasksdb is another one than before: restored from a back-up, recovered to a point in time,
/// or on a standby that took over. Transaction ids, by which changes are ordered, begin anew or go back then.
/// </summary>
public sealed class RestoredDatabaseTests(TasksApiHost host) : IClassFixture<TasksApiHost>
{
    [Fact]
    public async Task After_a_restore_on_another_server_whoever_listened_lists_anew_and_the_newest_change_is_first()
    {
        var alice = await host.NewAccountAsync();
        for (var count = 0; count < 20; count++)
        {
            await alice.NewProjectAsync();
        }

        var before = (await alice.GetAsync("/api/changes")).Text("next");
        using var folder = new TemporaryFolder();
        await using var postgres = new PostgresProcess();
        await postgres.StartAsync();
        await DeployAsync("back-up.sh", host.Postgres, folder);
        await DeployAsync("restore.sh", postgres, folder);
        await using var restored = host.StartApi(("ConnectionStrings:tasksdb", postgres.ConnectionString("tasksdb")));
        using var http = restored.CreateClient();
        http.DefaultRequestHeaders.Authorization = alice.Http.DefaultRequestHeaders.Authorization;
        var there = alice with { Http = http };

        var reset = await there.GetAsync("/api/changes?after=" + before);
        Assert.True((bool)reset.Json["reset"]!);
        var project = await there.NewProjectAsync();

        // What was restored is not news, and the change after it is.
        var news = await there.GetAsync("/api/changes?after=" + reset.Text("next"));
        Assert.False((bool)news.Json["reset"]!);
        Assert.Equal([project], news.Json["changes"]!.AsArray().Select(change => (string)change!["id"]!));
        var history = (await there.GetAsync("/api/history")).All("id").ToList();
        Assert.Equal((project, 21), (history[0], history.Count));
    }

    [Fact]
    public async Task On_another_timeline_whoever_listened_lists_anew_once()
    {
        var alice = await host.NewAccountAsync();
        var (events, _) = await EventReader.OpenAsync(host, alice.Http);
        await using var __ = events;
        await alice.NewProjectAsync();
        var position = (await events.NextAsync()).Id;

        await host.Postgres.ContinueOnAnotherTimelineAsync();

        while (await events.AnyAsync() is { } last)
        {
            Assert.Equal("heartbeat", last.EventType);
        }

        var (again, first) = await EventReader.OpenAsync(host, alice.Http, position);
        await again.DisposeAsync();
        Assert.Equal("reset", first.EventType);
        Assert.True((bool)(await alice.GetAsync("/api/changes?after=" + position)).Json["reset"]!);
        Assert.False((bool)(await alice.GetAsync("/api/changes?after=" + first.EventId)).Json["reset"]!);
    }

    private static async Task DeployAsync(string script, PostgresProcess postgres, TemporaryFolder folder) => await Shell.RunAsync(
        $"""
        for role in MIGRATOR AUTHSERVER TASKSAPI MCP WEB; do export POSTGRES_$role'_PASSWORD=unused'; done
        {postgres.ToolVariables} {Path.Combine(Repository.Root, "deploy", "postgres", script)} {folder.Path}
        """);
}
