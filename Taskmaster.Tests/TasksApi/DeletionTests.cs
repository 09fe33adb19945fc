using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Taskmaster.TasksApi.Data;
using Taskmaster.Tests.TasksApi.Hosting;

namespace Taskmaster.Tests.TasksApi;

/// <summary>A task that was deleted can be brought back, and nothing of it is lost.</summary>
[Collection(SharedTasksApi.Name)]
public sealed class DeletionTests(TasksApiHost host)
{
    [Fact]
    public async Task A_deleted_task_comes_back_as_it_was_with_its_version_and_its_relationships()
    {
        var alice = await host.NewAccountAsync();
        var project = await alice.NewProjectAsync();
        var (task, blocked, blocker) =
            (await alice.NewTaskAsync(project, "Write ✓ \"it\""), await alice.NewTaskAsync(project), await alice.NewTaskAsync(project));
        await alice.NewRelationshipAsync(task, blocked);
        await alice.NewRelationshipAsync(blocker, task);
        var (path, list) = ($"/api/tasks/{task}", $"/api/tasks?project_id={project}&q=write");
        await alice.PatchAsync(path, new { status = "in_progress" });
        var before = await alice.GetAsync(path);
        var (outgoing, incoming) = (await RelationshipsAsync(task), await RelationshipsAsync(blocker));

        Assert.Equal(HttpStatusCode.NoContent, (await alice.DeleteAsync(path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await alice.GetAsync(path)).Status);
        Assert.Equal("[]", await RelationshipsAsync(blocker));
        Assert.Equal("[]", (await alice.GetAsync(list)).Body);

        var restored = await RestoreAsync(alice, task);
        restored.Is(HttpStatusCode.OK, before.Body);
        Assert.Equal("\"2\"", restored.Headers["ETag"]);
        var after = await alice.GetAsync(path);
        Assert.Equal((before.Body, before.Headers["ETag"]), (after.Body, after.Headers["ETag"]));
        Assert.Equal((outgoing, incoming), (await RelationshipsAsync(task), await RelationshipsAsync(blocker)));
        Assert.Equal([task], (await alice.GetAsync(list)).All("id"));

        // The answer may have been lost on the way.
        (await RestoreAsync(alice, task)).Is(HttpStatusCode.OK, before.Body);
        Assert.Equal(
            ["created", "deleted", "updated", "created"], (await alice.GetAsync($"{path}/changes")).All("kind"));

        async Task<string> RelationshipsAsync(string of) => (await alice.GetAsync($"/api/tasks/{of}/relationships")).Body;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_joins_two_deleted_tasks_comes_back_with_the_second_of_them(bool inTheOrderOfDeletion)
    {
        var alice = await host.NewAccountAsync();
        var project = await alice.NewProjectAsync();
        var (one, other) = (await alice.NewTaskAsync(project), await alice.NewTaskAsync(project));
        var relationship = await alice.NewRelationshipAsync(one, other);
        await alice.DeleteAsync($"/api/tasks/{one}");
        await alice.DeleteAsync($"/api/tasks/{other}");

        foreach (var task in inTheOrderOfDeletion ? new[] { one, other } : [other, one])
        {
            Assert.Equal(HttpStatusCode.OK, (await RestoreAsync(alice, task)).Status);
        }

        Assert.Equal([relationship], (await alice.GetAsync($"/api/tasks/{one}/relationships")).All("id"));
    }

    [Fact]
    public async Task Two_tasks_that_are_restored_at_once_are_related_as_before()
    {
        var alice = await host.NewAccountAsync();
        var project = await alice.NewProjectAsync();
        for (var pair = 0; pair < 20; pair++)
        {
            string[] tasks = [await alice.NewTaskAsync(project), await alice.NewTaskAsync(project)];
            var relationship = await alice.NewRelationshipAsync(tasks[0], tasks[1]);
            await Task.WhenAll(tasks.Select(task => alice.DeleteAsync($"/api/tasks/{task}")));

            var restored = await Task.WhenAll(tasks.Select(task => RestoreAsync(alice, task)));

            Assert.All(restored, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
            Assert.Equal([relationship], (await alice.GetAsync($"/api/tasks/{tasks[0]}/relationships")).All("id"));
        }
    }

    /// <summary>As restorations at once left it before they waited for each other.</summary>
    [Fact]
    public async Task A_relationship_that_was_kept_twice_comes_back_once()
    {
        var alice = await host.NewAccountAsync();
        var project = await alice.NewProjectAsync();
        var (one, other) = (await alice.NewTaskAsync(project), await alice.NewTaskAsync(project));
        await alice.NewRelationshipAsync(one, other);
        await alice.DeleteAsync($"/api/tasks/{one}");
        Assert.NotNull(await SqlAsync(
            """
            INSERT INTO deleted_rows (owner_id, kind, id, content, deleted_at)
            SELECT owner_id, kind, again.id, content || jsonb_build_object('id', again.id), deleted_at
            FROM deleted_rows, (SELECT gen_random_uuid() AS id) AS again WHERE owner_id = $1 AND kind = 'relationship' RETURNING kind
            """,
            alice.User));

        Assert.Equal(HttpStatusCode.OK, (await RestoreAsync(alice, one)).Status);

        Assert.Single((await alice.GetAsync($"/api/tasks/{one}/relationships")).All("id"));
    }

    [Fact]
    public async Task Without_its_project_and_after_a_day_a_task_stays_deleted()
    {
        var alice = await host.NewAccountAsync();
        var (lost, kept) = (await alice.NewProjectAsync(), await alice.NewProjectAsync());
        var (ofLost, inLost, late) = (await alice.NewTaskAsync(lost), await alice.NewTaskAsync(lost), await alice.NewTaskAsync(kept));
        await alice.DeleteAsync($"/api/tasks/{ofLost}");
        await alice.DeleteAsync($"/api/tasks/{late}");
        await alice.DeleteAsync($"/api/projects/{lost}");
        Assert.NotNull(await SqlAsync(
            "UPDATE deleted_rows SET deleted_at = now() - interval '2 days' WHERE id = $1 RETURNING kind", Guid.Parse(late)));

        await host.Services.GetRequiredService<ExpiredRows>().RemoveAsync(CancellationToken.None);

        foreach (var task in new[] { ofLost, inLost, late })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await RestoreAsync(alice, task)).Status);
        }
    }

    private async Task<string?> SqlAsync(string sql, object parameter)
    {
        await using var source = NpgsqlDataSource.Create(host.Postgres.ConnectionString("tasksdb"));
        await using var command = source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = parameter });
        return (string?)await command.ExecuteScalarAsync();
    }

    private static Task<Reply> RestoreAsync(Account account, string task) =>
        account.Http.SendAsync(HttpMethod.Post, $"/api/tasks/{task}/restore");
}
