using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Http;
using static Taskmaster.Tests.Web.StubAnswers;

namespace Taskmaster.Tests.Web;

/// <content>The pages of tasks, and home.</content>
public sealed partial class PageTests
{
    [Fact]
    public async Task The_tile_of_open_tasks_leads_to_those_it_counts()
    {
        var home = new HtmlParser().ParseDocument(await _browser.GetStringAsync("/"));
        var tile = home.QuerySelectorAll(".tile").Single(tile => tile.TextContent == "6001 open tasks");
        var list = new HtmlParser().ParseDocument(await _browser.GetStringAsync(tile.GetAttribute("href")));

        Assert.Equal("/api/tasks?limit=50&open=true&sort=-created_at", _stack.TasksApi.Received.Last(
            request => request.PathAndQuery.StartsWith("/api/tasks", StringComparison.Ordinal)).PathAndQuery);
        Assert.Equal("Open", ((IHtmlSelectElement)list.GetElementById("status")!).SelectedOptions.Single().Text);
    }

    [Fact]
    public async Task Home_leads_on_with_what_is_in_progress_and_then_with_what_was_touched_last()
    {
        var (newest, older) = ("01890000-0000-7000-8000-00000000000a", "01890000-0000-7000-8000-00000000000b");
        _stack.TasksApi.Answer = context => context.Request.Path != "/api/tasks"
            ? TasksApiAsync(context)
            : context.Request.Query["status"] == "in_progress"
                ? JsonAsync(context, $"[{TaskOf("At it", Id)}]")
                : JsonAsync(context, $"[{TaskOf("Newest", newest)},{TaskOf("At it", Id)},{TaskOf("Older", older)}]");

        var home = new HtmlParser().ParseDocument(await _browser.GetStringAsync("/"));

        Assert.Equal(
            ["At it", "Newest", "Older"], home.QuerySelectorAll(".rows li > a:first-child").Select(task => task.TextContent));
        Assert.Equal($"/tasks/{Id}?returnUrl=%2F", home.QuerySelector(".rows li > a")!.GetAttribute("href"));
        Assert.Equal(
            ["/api/tasks?limit=8&open=true&sort=-updated_at", "/api/tasks?limit=8&status=in_progress&sort=-updated_at"],
            _stack.TasksApi.Received.Select(request => request.PathAndQuery)
                .Where(path => path.StartsWith("/api/tasks", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

        static string TaskOf(string title, string id) => Item
            .Replace("Write the <i>docs</i>", title, StringComparison.Ordinal)
            .Replace($"\"id\":\"{Id}\"", $"\"id\":\"{id}\"", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_view_that_a_program_saved_is_shown_and_removed_as_any_other()
    {
        foreach (var (query, path, status) in new[]
        {
            ("status=in_progress&q=website", "/tasks?q=website&status=in_progress", "In progress"),
            ("open=false", "/tasks?status=closed", "Closed"),
            ("q=website", "/tasks?q=website&status=any", "Any status"),
        })
        {
            _stack.TasksApi.Answer = context => context.Request.Path == "/api/views"
                ? JsonAsync(context, $$"""[{"id":"{{Id}}","label":"Theirs","query":"{{query}}","created_at":"2026-01-15T09:00:00Z"}]""")
                : TasksApiAsync(context);

            var list = new HtmlParser().ParseDocument(await _browser.GetStringAsync(path));

            var view = list.QuerySelector("ul[aria-label='Saved views'] a")!;
            Assert.Equal(("Theirs", path, "true"), (view.TextContent, view.GetAttribute("href"), view.GetAttribute("aria-current")));
            Assert.Contains(list.QuerySelectorAll("button"), button => button.TextContent == "Remove the view Theirs");
            Assert.Equal(status, ((IHtmlSelectElement)list.GetElementById("status")!).SelectedOptions.Single().Text);
        }
    }

    [Theory]
    [InlineData("/tasks?status=todo", "Done Write the <i>docs</i>", "done")]
    [InlineData("/tasks/board", "→", "in_progress")]
    public async Task A_button_of_a_task_changes_its_status_only_as_it_was_shown_and_comes_back(string path, string button, string status)
    {
        _stack.TasksApi.Answer = context =>
        {
            context.Response.Headers.ETag = "\"7\"";
            return path == "/tasks/board" && context.Request is { Path.Value: "/api/tasks", Query: var query } && query["status"] != "todo"
                ? JsonAsync(context, "[]")
                : TasksApiAsync(context);
        };

        var page = await SubmitAsync(path, button);

        Assert.Equal(path.Split('?')[0], page.Address);
        var change = _stack.TasksApi.Received.Single(request => request.Method == "PUT");
        Assert.Equal(($$"""{"status":"{{status}}"}""", "\"7\""), (change.Body, change.Headers["If-Match"]));
        var undo = page.Document.QuerySelector<IHtmlFormElement>("[role=status] form")!;
        Assert.StartsWith($"/tasks/{Id}?handler=Status&status=todo&shown=", undo.GetAttribute("action"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_list_showed_and_is_no_longer_so_is_not_changed_but_shown_beside_what_was_asked()
    {
        var list = new HtmlParser().ParseDocument(await _browser.GetStringAsync("/tasks"));
        _stack.TasksApi.Answer = context => context.Request.Path == $"/api/tasks/{Id}"
            ? JsonAsync(
                context,
                Item.Replace("todo", "canceled", StringComparison.Ordinal).Replace(
                    "updated_at\":\"2026-01-15T09:00:00Z", "updated_at\":\"2026-01-15T09:00:00.001Z", StringComparison.Ordinal))
            : TasksApiAsync(context);

        var (address, document) = await SubmitAsync(list, "/tasks", "Done Write the <i>docs</i>");

        Assert.Equal($"/tasks/{Id}", address);
        Assert.Equal(
            ["Status", "Done", "Canceled"],
            Assert.Single(document.QuerySelectorAll("table.comparison tbody tr")).Children.Select(cell => cell.TextContent));
        Assert.DoesNotContain(_stack.TasksApi.Received, request => request.Method == "PUT");
    }

    [Fact]
    public async Task Filters_are_links_that_take_them_away()
    {
        var document = new HtmlParser().ParseDocument(await _browser.GetStringAsync($"/tasks?q=docs&project={Id}&sort=title"));

        Assert.Equal(
            [
                $"Open /tasks?q=docs&project={Id}&status=any&sort=title",
                $"Website <b>Redesign</b> /tasks?q=docs&sort=title",
                $"“docs” /tasks?project={Id}&sort=title",
            ],
            document.QuerySelectorAll(".chip").Select(chip => $"{chip.LastChild!.TextContent} {chip.GetAttribute("href")}"));
    }

    [Fact]
    public async Task A_line_alone_makes_a_task_and_before_there_is_any_project_one_for_it()
    {
        _stack.TasksApi.Answer = context =>
            context.Request is { Path.Value: "/api/projects", Method: "GET" } ? JsonAsync(context, "[]") : TasksApiAsync(context);

        _ = await SubmitAsync("/tasks", "Add", ("title", "Buy milk"));

        Assert.Equal(
            [
                """{"name":"Inbox","description":"Tasks that are in no other project"}""",
                $$"""{"title":"Buy milk","description":"Buy milk","project_id":"{{Id}}"}""",
            ],
            _stack.TasksApi.Received.Where(request => request.Method == "POST").Select(request => request.Body));
    }

    [Fact]
    public async Task A_bulk_change_and_its_undo_leave_alone_what_somebody_changed_meanwhile()
    {
        const string later = "2026-01-15T09:00:00.005Z";
        _stack.TasksApi.Answer = context => (context.Request.Method, (string)context.Items["body"]!) switch
        {
            ("PATCH", var body) when body.Contains("done", StringComparison.Ordinal) =>
                JsonAsync(
                    context,
                    $"[{Item.Replace("updated_at\":\"2026-01-15T09:00:00Z", $"updated_at\":\"{later}", StringComparison.Ordinal)}]"),
            ("PATCH", _) => ConflictAsync(context),
            _ => TasksApiAsync(context),
        };

        var list = new HtmlParser().ParseDocument(await _browser.GetStringAsync("/tasks"));
        var box = list.QuerySelector<IHtmlInputElement>("input[name=tasks]")!;
        var (address, page) = await SubmitAsync("/tasks", "Change", ("tasks", box.Value), ("status", "done"));
        var undo = page.QuerySelector<IHtmlFormElement>("[role=status] form")!;
        var (_, undone) = await SubmitAsync(page, address, "Undo");

        Assert.Equal(
            [
                $$$"""{"tasks":[{"id":"{{{Id}}}","status":"done","unchanged_since":"2026-01-15T09:00:00+00:00"}]}""",
                $$$"""{"tasks":[{"id":"{{{Id}}}","status":"todo","unchanged_since":"2026-01-15T09:00:00.005+00:00"}]}""",
            ],
            _stack.TasksApi.Received.Where(request => request.Method == "PATCH").Select(request => request.Body));
        Assert.Equal("/tasks?handler=UndoBulk", undo.GetAttribute("action"));
        Assert.Equal(
            "Nothing was undone: “Write the <i>docs</i>” was changed meanwhile.", undone.QuerySelector("[role=status] p")!.TextContent);

        static Task ConflictAsync(HttpContext context)
        {
            context.Response.StatusCode = StatusCodes.Status412PreconditionFailed;
            return JsonAsync(context, """{"message":"It was changed","errors":{"tasks[0].unchanged_since":["It was changed since"]}}""");
        }
    }

    [Fact]
    public async Task Filters_are_given_a_name_and_the_name_leads_to_them_and_is_removed()
    {
        var list = new HtmlParser().ParseDocument(await _browser.GetStringAsync($"/tasks?q=docs&project={Id}"));
        var view = list.QuerySelector("ul[aria-label='Saved views'] a")!;
        Assert.Equal(("Docs <i>first</i>", "/tasks?q=docs&status=any&sort=title"), (view.TextContent, view.GetAttribute("href")));
        Assert.Null(view.GetAttribute("aria-current"));

        var (address, _) = await SubmitAsync(list, "/tasks", "Save view", ("label", "Mine"));
        Assert.Equal("/tasks", address);
        var saved = _stack.TasksApi.Received.Single(request => request is { Method: "POST", PathAndQuery: "/api/views" });
        Assert.Equal(
            $$"""{"label":"Mine","query":"project_id={{Id}}\u0026open=true\u0026q=docs\u0026sort=-created_at"}""", saved.Body);

        var (_, board) = await SubmitAsync("/tasks?q=docs&status=any&sort=title", "Remove the view Docs <i>first</i>");
        Assert.Equal("View removed. No task was changed.", board.QuerySelector("[role=status] p")!.TextContent);
        Assert.Single(_stack.TasksApi.Received, request => request.Method == "DELETE" && request.PathAndQuery == $"/api/views/{Id}");
    }

    [Fact]
    public async Task What_acted_for_the_user_is_named_and_what_is_gone_is_said_to_be()
    {
        var task = new HtmlParser().ParseDocument(await _browser.GetStringAsync($"/tasks/{Id}"));
        Assert.Equal(
            ["Changed by you via an application that is deleted or no longer connected", "Changed by you", "Created by you via Their App"],
            task.QuerySelectorAll(".history li > span").Select(line => line.TextContent));

        var activity = new HtmlParser().ParseDocument(await _browser.GetStringAsync("/account/activity"));
        Assert.Equal(
            [
                "Changed Write <b>it</b> by you via Their App", "Deleted a task that is gone by you via the API key Backup script",
                "Created Website",
            ],
            activity.QuerySelectorAll("section[aria-labelledby=changes] li > span").Select(Spaced));

        var account = new HtmlParser().ParseDocument(await _browser.GetStringAsync("/account"));
        var row = account.QuerySelectorAll("section[aria-labelledby=applications] tbody tr").Single();
        Assert.StartsWith("Changed Write <b>it</b>", Spaced(row.QuerySelector("td[data-label='Last change']")!), StringComparison.Ordinal);
        Assert.Equal($"/tasks/{Id}", row.QuerySelector("td[data-label='Last change'] a")!.GetAttribute("href"));

        static string Spaced(IElement element) =>
            string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task What_acted_is_told_in_general_words_while_names_cannot_be_read()
    {
        await UseWebOfItsOwnAsync();
        _stack.AuthServer.Management = context =>
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        };

        var task = new HtmlParser().ParseDocument(await _browser.GetStringAsync($"/tasks/{Id}"));

        Assert.Equal(
            ["Changed by you via an application", "Changed by you", "Created by you via an application"],
            task.QuerySelectorAll(".history li > span").Select(line => line.TextContent));
    }
}
