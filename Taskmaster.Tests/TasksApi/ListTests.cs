using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.TasksApi.Data;
using Taskmaster.Tests.TasksApi.Hosting;

namespace Taskmaster.Tests.TasksApi;

[Collection(SharedTasksApi.Name)]
public sealed class ListTests(TasksApiHost host)
{
    [Theory]
    [InlineData("created_at", new[] { "b", "a", "c", "a", "d" })]
    [InlineData("-created_at", new[] { "d", "a", "c", "a", "b" })]
    [InlineData("title", new[] { "a", "a", "b", "c", "d" })]
    [InlineData("-title", new[] { "d", "c", "b", "a", "a" })]
    [InlineData("updated_at", new[] { "a", "c", "a", "d", "b" })]
    [InlineData("-updated_at", new[] { "b", "d", "a", "c", "a" })]
    public async Task Pages_of_every_order_join_up_to_the_whole_list(string sort, string[] titles)
    {
        var alice = await host.NewAccountAsync();
        var project = await alice.NewProjectAsync();
        var first = "";
        foreach (var title in new[] { "b", "a", "c", "a", "d" })
        {
            var task = await alice.NewTaskAsync(project, title);
            first = first.Length == 0 ? task : first;
            host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        await alice.PutAsync($"/api/tasks/{first}", new { status = "done" });
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(titles, (await alice.GetAsync($"/api/tasks?sort={sort}")).All("title"));

        var pages = await PagesAsync(alice, $"/api/tasks?sort={sort}&limit=2");
        Assert.Equal([2, 2, 1], pages.Select(page => page.Json.AsArray().Count));
        Assert.Equal(titles, pages.SelectMany(page => page.All("title")));
        Assert.Equal(5, pages.SelectMany(page => page.All("id")).Distinct().Count());
    }

    [Theory]
    [InlineData("open=true", new[] { "backlog", "triage", "todo", "in_progress" })]
    [InlineData("open=false", new[] { "done", "canceled" })]
    [InlineData("open=true&status=todo", new[] { "todo" })]
    [InlineData("open=true&status=done", new string[0])]
    public async Task Open_is_what_is_neither_done_nor_canceled(string query, string[] found)
    {
        var alice = await host.NewAccountAsync();
        var project = await alice.NewProjectAsync();
        foreach (var status in new[] { "backlog", "done", "triage", "todo", "canceled", "in_progress" })
        {
            var task = await alice.NewTaskAsync(project, status);
            await alice.PutAsync($"/api/tasks/{task}", new { status });
            host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(found, (await alice.GetAsync("/api/tasks?" + query)).All("status"));
        Assert.Equal(
            found, (await PagesAsync(alice, $"/api/tasks?{query}&project_id={project}&limit=2")).SelectMany(page => page.All("status")));
    }

    [Fact]
    public async Task A_task_reads_the_same_in_whichever_list()
    {
        var alice = await host.NewAccountAsync();
        var project = await alice.NewProjectAsync();
        var task = await alice.NewTaskAsync(project, "Read it");
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await alice.PutAsync($"/api/tasks/{task}", new { status = "in_progress" });

        var one = (await alice.GetAsync($"/api/tasks/{task}")).Body;
        foreach (var query in new[] { "", "?limit=1", $"?project_id={project}", "?status=in_progress", "?sort=title" })
        {
            Assert.Equal($"[{one}]", (await alice.GetAsync("/api/tasks" + query)).Body);
        }
    }

    [Fact]
    public async Task What_is_added_while_a_list_is_read_moves_nothing_on_its_later_pages()
    {
        var alice = await host.NewAccountAsync();
        var project = await alice.NewProjectAsync();
        foreach (var title in new[] { "b", "d", "f" })
        {
            await alice.NewTaskAsync(project, title);
        }

        var first = await alice.GetAsync("/api/tasks?sort=title&limit=2");
        await alice.NewTaskAsync(project, "a");

        Assert.Equal(["f"], (await alice.GetAsync(Next(first)!)).All("title"));
    }

    [Fact]
    public async Task Filters_narrow_the_list_together_and_go_on_over_its_pages()
    {
        var alice = await host.NewAccountAsync();
        var project = await alice.NewProjectAsync();
        var elsewhere = await alice.NewProjectAsync();
        var old = await alice.NewTaskAsync(project, "Old");
        await alice.PutAsync($"/api/tasks/{old}", new { status = "done" });
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var since = host.Clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", null);
        List<string> wanted = [];
        for (var n = 0; n < 3; n++)
        {
            var task = await alice.NewTaskAsync(project, $"New {n}");
            await alice.PutAsync($"/api/tasks/{task}", new { status = "done" });
            wanted.Add(task);
            await alice.NewTaskAsync(project);
            await alice.PutAsync($"/api/tasks/{await alice.NewTaskAsync(elsewhere)}", new { status = "done" });
            host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        var query = $"/api/tasks?project_id={project}&status=done&updated_since={since}";
        Assert.Equal(wanted, (await alice.GetAsync(query)).All("id"));
        Assert.Equal(wanted, (await PagesAsync(alice, query + "&limit=1")).SelectMany(page => page.All("id")));
        Assert.Equal([old, .. wanted], (await alice.GetAsync($"/api/tasks?project_id={project}&status=done")).All("id"));
    }

    [Theory]
    [InlineData("documentation", true)]
    [InlineData("DOCUMENTATION api", true)]
    [InlineData("curl", true)]
    [InlineData("\"review the api\"", true)]
    [InlineData("\"the review\"", false)]
    [InlineData("review -curl", false)]
    [InlineData("nothing OR naïve", true)]
    [InlineData("document", false)]
    [InlineData("'); DROP TABLE tasks; --", false)]
    [InlineData("\"(&|!<->:*", false)]
    public async Task A_search_finds_whole_words_of_title_and_description(string words, bool found)
    {
        var alice = await host.NewAccountAsync();
        var project = await alice.NewProjectAsync("Naïve plans");
        await alice.PostAsync(
            "/api/tasks",
            new { title = "Review the API documentation", description = "Try curl, not a naïve client", project_id = project });
        await alice.NewTaskAsync(project, "Something else");

        var list = await alice.GetAsync($"/api/tasks?q={Uri.EscapeDataString(words)}");

        Assert.Equal(HttpStatusCode.OK, list.Status);
        Assert.Equal(found ? ["Review the API documentation"] : [], list.All("title"));
        Assert.Equal([project], (await alice.GetAsync("/api/projects?q=plans")).All("id"));
        Assert.Empty((await (await host.NewAccountAsync()).GetAsync("/api/tasks?q=documentation")).Json.AsArray());
    }

    [Fact]
    [Trait("Behaviour", "38")]
    public async Task A_page_holds_fifty_unless_told_and_never_more_than_two_hundred()
    {
        var alice = await host.NewAccountAsync();
        await AddTasksAsync(alice, 230);

        var whole = await alice.GetAsync("/api/tasks");
        Assert.Equal(230, whole.Json.AsArray().Count);
        Assert.DoesNotContain("Link", whole.Headers.Keys);

        foreach (var limit in new[] { "201", "100000", "2147483647", "2147483648", "9223372036854775808", new string('9', 300) })
        {
            var greedy = await alice.GetAsync("/api/tasks?limit=" + limit);
            Assert.Equal(200, greedy.Json.AsArray().Count);
        }

        Assert.Equal(2, (await alice.GetAsync("/api/tasks?limit=002")).Json.AsArray().Count);

        var one = await alice.GetAsync("/api/tasks?limit=1");
        var cursor = Regex.Match(Next(one)!, "cursor=([^&]+)").Groups[1].Value;
        Assert.Equal(50, (await alice.GetAsync($"/api/tasks?cursor={cursor}")).Json.AsArray().Count);
    }

    [Fact]
    [Trait("Behaviour", "38")]
    public async Task A_list_without_parameters_ends_at_five_thousand_and_says_where_the_rest_is()
    {
        var alice = await host.NewAccountAsync();
        await AddTasksAsync(alice, 5150);

        var whole = await alice.GetAsync("/api/tasks");
        Assert.Equal(5000, whole.Json.AsArray().Count);

        var rest = await alice.GetAsync(Next(whole)!);
        Assert.Equal(150, rest.Json.AsArray().Count);
        Assert.Null(Next(rest));
        Assert.Empty(whole.All("id").Intersect(rest.All("id")));
    }

    [Fact]
    public async Task The_other_lists_have_pages_too()
    {
        var alice = await host.NewAccountAsync();
        var project = await alice.NewProjectAsync("b");
        var (task, first, second) =
            (await alice.NewTaskAsync(project), await alice.NewTaskAsync(project), await alice.NewTaskAsync(project));
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await alice.NewProjectAsync("a");
        await alice.NewRelationshipAsync(task, first);
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await alice.NewRelationshipAsync(task, second);
        var admin = new Account(
            TasksApiHost.Admin, host.AsBearer(await host.Issuer.AccessTokenAsync(TasksApiHost.Admin, TaskmasterScopes.Tasks)));

        Assert.Equal(["a", "b"], (await PagesAsync(alice, "/api/projects?sort=name&limit=1")).SelectMany(page => page.All("name")));
        Assert.Equal(["a", "b"], (await PagesAsync(alice, "/api/projects?sort=-updated_at&limit=1")).SelectMany(page => page.All("name")));
        Assert.Equal([first, second], (await PagesAsync(alice, $"/api/tasks/{task}/relationships?limit=1"))
            .SelectMany(page => page.All("relates_to_task_id")));
        Assert.Equal(["a", "b"], (await PagesAsync(admin, $"/api/admin/projects?user_id={alice.User}&sort=-created_at&limit=1"))
            .SelectMany(page => page.All("name")));
    }

    [Theory]
    [InlineData("limit=0", "limit", "limit must be a whole number from 1 on")]
    [InlineData("limit=-1", "limit", "limit must be a whole number from 1 on")]
    [InlineData("limit=ten", "limit", "limit must be a whole number from 1 on")]
    [InlineData("limit=", "limit", "limit must be a whole number from 1 on")]
    [InlineData("limit=00", "limit", "limit must be a whole number from 1 on")]
    [InlineData("limit=1.5", "limit", "limit must be a whole number from 1 on")]
    [InlineData("limit=1&limit=2", "limit", "limit must be a whole number from 1 on")]
    [InlineData("sort=owner_id", "sort", "sort must be one of: created_at, updated_at, title; - before it turns it round")]
    [InlineData("sort=--title", "sort", "sort must be one of: created_at, updated_at, title; - before it turns it round")]
    [InlineData("sort=-", "sort", "sort must be one of: created_at, updated_at, title; - before it turns it round")]
    [InlineData("status=sleeping", "status", "Invalid enum value. Expected backlog | triage | todo | in_progress | done | canceled")]
    [InlineData("open=yes", "open", "open must be true or false")]
    [InlineData("open=", "open", "open must be true or false")]
    [InlineData("updated_since=yesterday", "updated_since", "updated_since must be a time such as 2026-01-31T12:00:00Z")]
    [InlineData("updated_since=2026-01-31", "updated_since", "updated_since must be a time such as 2026-01-31T12:00:00Z")]
    [InlineData("q=%00", "q", "q must not contain the NUL character")]
    public async Task A_parameter_that_means_nothing_is_400_and_named(string query, string parameter, string error)
    {
        var alice = await host.NewAccountAsync();

        (await alice.GetAsync("/api/tasks?" + query)).Is(
            HttpStatusCode.BadRequest, $$$"""{"message":"Invalid query parameters","errors":{"{{{parameter}}}":["{{{error}}}"]}}""");
    }

    public static TheoryData<string, string> ForgedCursors => new()
    {
        { "created_at", "" },
        { "created_at", "!" },
        { "created_at", "AAAA" },
        { "created_at", Cursor("\xff") },
        { "created_at", Cursor("created_at\nnot-an-id\n") },
        { "created_at", Cursor($"created_at\n{Guid.Empty:N}\nkey") },
        { "created_at", Cursor($"title\n{Guid.Empty:N}\na") },
        { "title", Cursor($"-title\n{Guid.Empty:N}\na") },
        { "title", Cursor($"title\n{Guid.Empty:N}\na\0") },
        { "updated_at", Cursor($"updated_at\n{Guid.Empty:N}\n-1") },
        { "updated_at", Cursor($"updated_at\n{Guid.Empty:N}\n9223372036854775807") },
        { "updated_at", Cursor($"updated_at\n{Guid.Empty:N}\n99999999999999999999") },
    };

    [Theory]
    [MemberData(nameof(ForgedCursors))]
    public async Task A_cursor_that_no_list_of_this_order_gave_is_400(string sort, string cursor)
    {
        var alice = await host.NewAccountAsync();
        await alice.NewTaskAsync();

        (await alice.GetAsync($"/api/tasks?sort={sort}&cursor={Uri.EscapeDataString(cursor)}")).Is(
            HttpStatusCode.BadRequest,
            """{"message":"Invalid query parameters","errors":{"cursor":["cursor must be one that this list gave in its Link header, in the same order"]}}""");
    }

    [Fact]
    [Trait("Behaviour", "37")]
    public async Task A_cursor_of_somebody_elses_list_shows_only_ones_own()
    {
        var alice = await host.NewAccountAsync();
        var bob = await host.NewAccountAsync();
        var project = await alice.NewProjectAsync();
        await alice.NewTaskAsync(project);
        await alice.NewTaskAsync(project);
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var his = await bob.NewTaskAsync();

        var page = await alice.GetAsync("/api/tasks?limit=1");

        Assert.Equal([his], (await bob.GetAsync(Next(page)!)).All("id"));
    }

    private static string Cursor(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.Latin1.GetBytes(text));

    private async Task AddTasksAsync(Account account, int count)
    {
        var project = Guid.Parse(await account.NewProjectAsync());
        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TasksDbContext>().Database.ExecuteSqlAsync($"""
            INSERT INTO tasks (id, owner_id, project_id, title, description, status, created_at, updated_at)
            SELECT gen_random_uuid(), {account.User}, {project}, 'Task ' || n, 'One of many', 'todo', now(), now() FROM generate_series(1, {count}) n
            """);
    }

    private static async Task<List<Reply>> PagesAsync(Account account, string path)
    {
        List<Reply> pages = [];
        for (string? next = path; next is not null; next = Next(pages[^1]))
        {
            pages.Add(await account.GetAsync(next));
            Assert.Equal(HttpStatusCode.OK, pages[^1].Status);
        }

        return pages;
    }

    private static string? Next(Reply page) =>
        page.Headers.TryGetValue("Link", out var link) ? Regex.Match(link, "^<(/api/[^>]+)>; rel=\"next\"$").Groups[1].Value : null;
}
