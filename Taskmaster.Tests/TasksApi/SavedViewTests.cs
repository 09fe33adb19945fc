using System.Net;
using Taskmaster.Tests.TasksApi.Hosting;

namespace Taskmaster.Tests.TasksApi;

[Collection(SharedTasksApi.Name)]
public sealed class SavedViewTests(TasksApiHost host)
{
    [Fact]
    [Trait("Behaviour", "37")]
    public async Task A_view_is_ones_own_and_its_label_is_given_to_other_filters()
    {
        var alice = await host.NewAccountAsync();
        var bob = await host.NewAccountAsync();

        var saved = await SaveAsync(alice, "Mine", "status=todo&q=docs&sort=-updated_at");
        Assert.Equal(HttpStatusCode.Created, saved.Status);
        await SaveAsync(alice, "Open", "open=true");
        await SaveAsync(alice, "Mine", "status=done");

        var views = await alice.GetAsync("/api/views");
        Assert.Equal(
            ["Mine: status=done", "Open: open=true"], views.All("label").Zip(views.All("query"), (label, query) => $"{label}: {query}"));
        (await bob.GetAsync("/api/views")).Is(HttpStatusCode.OK, "[]");

        var id = views.All("id").First();
        Assert.Equal(HttpStatusCode.NotFound, (await bob.DeleteAsync($"/api/views/{id}")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await alice.DeleteAsync($"/api/views/{id}")).Status);
        Assert.Equal(["Open"], (await alice.GetAsync("/api/views")).All("label"));
    }

    [Fact]
    public async Task There_are_twenty_views_at_most_whoever_saves_at_the_same_time()
    {
        var alice = await host.NewAccountAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(number => SaveAsync(alice, $"View {number}", "open=true")));

        Assert.Equal(20, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.All(
            answers.Where(answer => answer.Status != HttpStatusCode.Created),
            answer => answer.Is(HttpStatusCode.Conflict, """{"message":"There are 20 views: delete one first"}"""));
        var labels = (await alice.GetAsync("/api/views")).All("label");
        Assert.Equal(20, labels.Count());
        Assert.Equal(HttpStatusCode.Created, (await SaveAsync(alice, labels.First(), "open=false")).Status);
    }

    [Theory]
    [InlineData("status=sleeping")]
    [InlineData("limit=5")]
    [InlineData("project_id=7")]
    [InlineData("sort=colour")]
    [InlineData("/api/tasks?status=todo")]
    [InlineData("?status=todo")]
    public async Task A_query_that_lists_no_tasks_is_refused(string query)
    {
        var alice = await host.NewAccountAsync();

        (await SaveAsync(alice, "Mine", query)).Is(
            HttpStatusCode.BadRequest,
            """{"message":"Invalid request data","errors":{"query":["query must be one of GET /api/tasks, with no more than project_id, status, open, q and sort, such as status=todo"]}}""");
    }

    [Theory]
    [InlineData("{}", """{"label":["Label is required"],"query":["Query is required"]}""")]
    [InlineData("""{"label":null}""", """{"label":["Label must be a string"],"query":["Query is required"]}""")]
    [InlineData("""{"query":"open=true"}""", """{"label":["Label is required"]}""")]
    public async Task A_view_without_a_field_is_told_which(string json, string errors)
    {
        var alice = await host.NewAccountAsync();

        (await alice.Http.SendJsonAsync(HttpMethod.Post, "/api/views", json))
            .Is(HttpStatusCode.BadRequest, $$"""{"message":"Invalid request data","errors":{{errors}}}""");
    }

    private static Task<Reply> SaveAsync(Account account, string label, string query) =>
        account.PostAsync("/api/views", new { label, query });
}
