using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Fast;
using Taskmaster.TasksApi.Tasks;
using Taskmaster.TasksApi.Versions;
using Taskmaster.Tests.TasksApi.Hosting;

namespace Taskmaster.Tests.TasksApi;

/// <summary>The two ways of writing a task leave the same behind: every column of its row, and the change that was logged.</summary>
[Collection(SharedTasksApi.Name)]
public sealed class TaskWriterTests(TasksApiHost host)
{
    private static readonly Via Agent = new(ViaKind.Application, "0199a1b2c3d4");

    private static readonly Preconditions NoConditions = Preconditions.Of(new Microsoft.AspNetCore.Http.DefaultHttpContext().Request);

    [Theory]
    [InlineData(null, null, "in_progress", false, true)]
    [InlineData("Another title", "Another description", null, false, true)]
    [InlineData("Another title", null, null, false, true)]
    [InlineData(null, "Another description", "done", false, false)]
    [InlineData(null, null, null, true, true)]
    [InlineData("Another title", "Another description", "canceled", true, false)]
    public async Task A_task_is_created_and_changed_the_same_either_way(
        string? title, string? description, string? status, bool isMoved, bool isByAgent)
    {
        var alice = await host.NewAccountAsync();
        var (project, other) = (Guid.Parse(await alice.NewProjectAsync()), Guid.Parse(await alice.NewProjectAsync()));
        var changes = new TaskChanges(
            title, description, status is null ? null : WireName<TaskItemStatus>.Parse(status), isMoved ? other : null);
        var via = isByAgent ? Agent : null;
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TasksDbContext>();
        var states = new List<string>();

        foreach (var writer in new ITaskWriter[] { new TaskWriter(db, host.Clock), new UsualTaskWrites(db, host.Clock) })
        {
            var task = TaskItem.Create(
                alice.User, new("Client/server", "A description, with words", project, TaskItemStatus.Todo), Agent, host.Clock);
            Assert.True(await writer.TryAddAsync(task, CancellationToken.None));
            db.ChangeTracker.Clear();
            var created = await StateAsync(db, task.Id);

            var change = await writer.ChangeAsync(new(alice.User), task.Id, changes, via, NoConditions, CancellationToken.None);

            Assert.Equal(TaskChangeOutcome.Made, change.Outcome);
            states.Add($"{created}\n{await StateAsync(db, task.Id)}\n{change.Task! with { Id = Guid.Empty }}");
        }

        Assert.Equal(states[0], states[1]);
        Assert.Contains("\"version\": 2", states[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_that_is_another_s_and_a_task_that_is_not_there_are_refused_either_way()
    {
        var (alice, bob) = (await host.NewAccountAsync(), await host.NewAccountAsync());
        var (project, foreign) = (Guid.Parse(await alice.NewProjectAsync()), Guid.Parse(await bob.NewProjectAsync()));
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TasksDbContext>();

        foreach (var writer in new ITaskWriter[] { new TaskWriter(db, host.Clock), new UsualTaskWrites(db, host.Clock) })
        {
            var task = TaskItem.Create(alice.User, new("Title", "Text", foreign, TaskItemStatus.Todo), Agent, host.Clock);
            Assert.False(await writer.TryAddAsync(task, CancellationToken.None));
            db.ChangeTracker.Clear();

            var own = TaskItem.Create(alice.User, new("Title", "Text", project, TaskItemStatus.Todo), Agent, host.Clock);
            Assert.True(await writer.TryAddAsync(own, CancellationToken.None));
            db.ChangeTracker.Clear();
            Assert.Equal(TaskChangeOutcome.UnknownProject, await OutcomeAsync(alice.User, own.Id, new(null, null, null, foreign)));
            Assert.Equal(TaskChangeOutcome.NotFound, await OutcomeAsync(bob.User, own.Id, new(null, null, TaskItemStatus.Done, null)));
            Assert.Equal(TaskChangeOutcome.NotFound, await OutcomeAsync(alice.User, task.Id, new(null, null, TaskItemStatus.Done, null)));

            async Task<TaskChangeOutcome> OutcomeAsync(Guid owner, Guid id, TaskChanges changes)
            {
                db.ChangeTracker.Clear();
                return (await writer.ChangeAsync(new(owner), id, changes, Agent, NoConditions, CancellationToken.None)).Outcome;
            }
        }
    }

    /// <summary>The row and its changes, without what names them.</summary>
    private static async Task<string> StateAsync(TasksDbContext db, Guid id) => string.Join(
        '\n',
        (await db.Database.SqlQuery<string>(
            $"""
            SELECT jsonb_pretty(to_jsonb(tasks) - 'id') AS "Value" FROM tasks WHERE id = {id}
            UNION ALL
            SELECT jsonb_pretty(to_jsonb(changes) - 'id' - 'subject_id' - 'seq' - 'at' - 'xid') FROM changes WHERE subject_id = {id}
            """).ToListAsync()).Order(StringComparer.Ordinal));
}
