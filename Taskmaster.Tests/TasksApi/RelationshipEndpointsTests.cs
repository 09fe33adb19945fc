using System.Net;
using Taskmaster.Tests.TasksApi.Hosting;

namespace Taskmaster.Tests.TasksApi;

[Collection(SharedTasksApi.Name)]
public sealed class RelationshipEndpointsTests(TasksApiHost host)
{
    [Fact]
    public async Task A_created_relationship_is_answered_as_documented_and_listed_on_its_task()
    {
        var alice = await host.NewAccountAsync();
        var (task, target) = (await alice.NewTaskAsync(), await alice.NewTaskAsync());

        var created = await alice.PostAsync($"/api/tasks/{task}/relationships", new { target_task_id = target, type = "relates_to" });

        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal(
            ["id", "task_id", "relates_to_task_id", "relationship_type", "created_by", "created_at", "updated_at"],
            created.Json.AsObject().Select(property => property.Key));
        Assert.Equal((task, target), (created.Text("task_id"), created.Text("relates_to_task_id")));
        Assert.Equal("relates_to", created.Text("relationship_type"));
        (await alice.GetAsync($"/api/tasks/{task}/relationships")).Is(HttpStatusCode.OK, $"[{created.Body}]");
        (await alice.GetAsync($"/api/tasks/{target}/relationships")).Is(HttpStatusCode.OK, "[]");
    }

    [Fact]
    public async Task Related_tasks_are_listed_from_both_sides_with_what_they_are()
    {
        var alice = await host.NewAccountAsync();
        var project = await alice.NewProjectAsync();
        var (task, other) = (await alice.NewTaskAsync(project, "Write"), await alice.NewTaskAsync(project, "Review"));
        var relationship = await alice.NewRelationshipAsync(task, other, "blocks");

        var (written, reviewed) = ((await alice.GetAsync($"/api/tasks/{task}")).Body, (await alice.GetAsync($"/api/tasks/{other}")).Body);
        (await alice.GetAsync($"/api/tasks/{task}/related")).Is(HttpStatusCode.OK, Of("outgoing", reviewed));
        (await alice.GetAsync($"/api/tasks/{other}/related")).Is(HttpStatusCode.OK, Of("incoming", written));

        string Of(string direction, string related) =>
            $$"""[{"relationship_id":"{{relationship}}","relationship_type":"blocks","direction":"{{direction}}","task":{{related}}}]""";
    }

    [Fact]
    public async Task The_list_can_be_of_one_type()
    {
        var alice = await host.NewAccountAsync();
        var (task, first, second) = (await alice.NewTaskAsync(), await alice.NewTaskAsync(), await alice.NewTaskAsync());
        await alice.NewRelationshipAsync(task, first, "blocks");
        var duplicates = await alice.NewRelationshipAsync(task, second, "duplicates");

        Assert.Equal([duplicates], (await alice.GetAsync($"/api/tasks/{task}/relationships?relationship_type=duplicates")).All("id"));
        (await alice.GetAsync($"/api/tasks/{task}/relationships?relationship_type=likes")).Is(
            HttpStatusCode.BadRequest,
            """{"message":"Invalid query parameters","errors":{"relationship_type":["relationship_type must be one of: blocks, relates_to, duplicates"]}}""");
    }

    [Fact]
    public async Task A_task_cannot_relate_to_itself()
    {
        var alice = await host.NewAccountAsync();
        var task = await alice.NewTaskAsync();

        (await alice.PostAsync($"/api/tasks/{task}/relationships", new { target_task_id = task, type = "blocks" }))
            .Is(HttpStatusCode.BadRequest, """{"message":"A task cannot relate to itself"}""");
    }

    [Fact]
    public async Task A_second_relationship_between_the_same_tasks_is_a_conflict_even_under_parallel_requests()
    {
        var alice = await host.NewAccountAsync();
        var (task, target) = (await alice.NewTaskAsync(), await alice.NewTaskAsync());

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            alice.PostAsync($"/api/tasks/{task}/relationships", new { target_task_id = target, type = "blocks" })));

        Assert.Single(replies, reply => reply.Status == HttpStatusCode.Created);
        Assert.All(
            replies.Where(reply => reply.Status != HttpStatusCode.Created),
            reply => reply.Is(HttpStatusCode.Conflict, """{"message":"Relationship already exists between these tasks"}"""));
    }

    [Fact]
    [Trait("Behaviour", "37")]
    public async Task A_relationship_with_a_task_of_somebody_else_is_refused_like_one_with_no_task()
    {
        var alice = await host.NewAccountAsync();
        var bob = await host.NewAccountAsync();
        var (mine, foreign, unknown) = (await alice.NewTaskAsync(), await bob.NewTaskAsync(), Guid.CreateVersion7().ToString());

        foreach (var (task, target) in new[] { (mine, foreign), (foreign, mine), (mine, unknown), (unknown, mine) })
        {
            (await alice.PostAsync($"/api/tasks/{task}/relationships", new { target_task_id = target, type = "blocks" }))
                .Is(HttpStatusCode.NotFound, """{"message":"One or both tasks not found or not owned by user"}""");
        }

        (await alice.GetAsync($"/api/tasks/{foreign}/relationships")).Is(HttpStatusCode.NotFound, "Not Found", "text/plain");
        (await alice.GetAsync($"/api/tasks/{unknown}/relationships")).Is(HttpStatusCode.NotFound, "Not Found", "text/plain");
    }

    [Fact]
    public async Task A_relationship_changes_its_type_and_is_deleted_only_under_its_own_task()
    {
        var alice = await host.NewAccountAsync();
        var (task, target) = (await alice.NewTaskAsync(), await alice.NewTaskAsync());
        var id = await alice.NewRelationshipAsync(task, target);

        var changed = await alice.PutAsync($"/api/tasks/{task}/relationships/{id}", new { relationship_type = "duplicates" });
        Assert.Equal(HttpStatusCode.OK, changed.Status);
        Assert.Equal("duplicates", changed.Text("relationship_type"));

        Assert.Equal(HttpStatusCode.NotFound, (await alice.DeleteAsync($"/api/tasks/{target}/relationships/{id}")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await alice.DeleteAsync($"/api/tasks/{task}/relationships/{id}")).Status);
        (await alice.DeleteAsync($"/api/tasks/{task}/relationships/{id}")).Is(HttpStatusCode.NotFound, "Not Found", "text/plain");
    }
}
