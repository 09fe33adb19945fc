using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using static Taskmaster.Tests.Web.StubAnswers;

namespace Taskmaster.Tests.Web;

/// <summary>The pages as a signed-in user gets them, on stub services.</summary>
public sealed class PageTests(WebStackFixture fixture) : IClassFixture<WebStackFixture>, IAsyncLifetime
{
    private readonly WebStack _stack = fixture.Stack;
    private readonly WebFactory _web = fixture.Web;
    private HttpClient _browser = null!;

    public async Task InitializeAsync()
    {
        _stack.TasksApi.Answer = TasksApiAsync;
        _stack.AuthServer.Management = ManagementAsync;
        await SignInAsync(_web);
    }

    public Task DisposeAsync()
    {
        _browser.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Every_page_has_the_security_headers_one_heading_labels_and_nothing_inline_or_foreign()
    {
        var pages = _web.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.Replace("{id:guid}", Id, StringComparison.Ordinal).Replace(
                "{clientId}", Id, StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);
        Assert.True(pages.Count >= 19, $"Only {pages.Count} pages found.");
        Assert.DoesNotContain(pages, page => page.Contains('{', StringComparison.Ordinal));

        foreach (var page in pages.Append("/nothing-there"))
        {
            using var response = await _browser.GetAsync(page);
            Assert.True(page is "/error" or "/nothing-there"
                ? response.StatusCode == HttpStatusCode.NotFound
                : response.StatusCode == HttpStatusCode.OK, $"{page}: {response.StatusCode}");
            HasSecurityHeaders(response);

            var document = new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
            Assert.True(document.QuerySelectorAll(
                "h1").Length == 1, $"{page} has {document.QuerySelectorAll("h1").Length} headings of the first level.");
            Assert.Equal("en", document.DocumentElement.GetAttribute("lang"));
            Assert.True(document.QuerySelector("meta[name=description]")?.GetAttribute("content")?.Length is > 20
                and < 200, $"{page}: no description, or one that search engines cut.");
            Assert.Equal(2, document.QuerySelectorAll("link[rel=icon]").Length);
            Assert.Empty(document.QuerySelectorAll("style, [style], [onclick], script:not([src])"));
            Assert.All(document.QuerySelectorAll("pre"), code => Assert.Equal("0", code.GetAttribute("tabindex")));
            Assert.All(document.QuerySelectorAll("[src], link[href], form[action]"), element =>
                Assert.StartsWith("/", element.GetAttribute("src")
                    ?? element.GetAttribute("href") ?? element.GetAttribute("action"), StringComparison.Ordinal));
            Assert.All(document.QuerySelectorAll("input:not([type=hidden]), select, textarea"), control =>
                Assert.True(control.HasAttribute("aria-label")
                    || control.Closest("label") is not null
                    || document.QuerySelector($"label[for='{control.Id}']") is not null, $"{page}: {control.OuterHtml}"));
            Assert.All(document.QuerySelectorAll("form[method=post]"), form =>
                Assert.NotNull(form.QuerySelector("input[name=__RequestVerificationToken]")));
            Assert.Equal(document.QuerySelectorAll("[id]").Length, document.QuerySelectorAll("[id]")
                .Select(element => element.Id)
                .Distinct()
                .Count());
        }
    }

    [Fact]
    public async Task Activity_is_told_in_words_and_leads_to_what_is_older()
    {
        var document = new HtmlParser().ParseDocument(await _browser.GetStringAsync("/account/activity"));

        var rows = document.QuerySelectorAll("tbody tr");
        Assert.Contains("Sign-in locked after too many wrong passwords", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Taskmaster itself", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Equal("Their <App>: Know who you are, See your projects and tasks", rows[1].QuerySelector(".description")!.TextContent);
        Assert.Contains("203.0.113.7", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Equal($"/account/activity?before={Id}", Assert.Single(document.QuerySelectorAll("main nav a")).GetAttribute("href"));

        _ = await _browser.GetStringAsync($"/account/activity?before={Id}");
        Assert.EndsWith($"&before={Id}", _stack.AuthServer.ReceivedAt("/audit").Last().PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_browser_is_signed_out_by_its_id_and_this_one_has_no_button_for_it()
    {
        var (address, _) = await SubmitAsync("/account", "Sign out Safari on iPhone at 203.0.113.8");

        Assert.Equal("/account", address);
        var ended = Assert.Single(_stack.AuthServer.ReceivedAt($"/sessions/{Id}"));
        Assert.Equal("DELETE", ended.Method);
        Assert.DoesNotContain("Firefox on Linux at", await _browser.GetStringAsync("/account"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/site.css", "text/css")]
    [InlineData("/site.js", "text/javascript")]
    [InlineData("/times.js", "text/javascript")]
    [InlineData("/toasts.js", "text/javascript")]
    [InlineData("/board.js", "text/javascript")]
    [InlineData("/commands.js", "text/javascript")]
    [InlineData("/live.js", "text/javascript")]
    [InlineData("/task-actions.js", "text/javascript")]
    [InlineData("/tasks.js", "text/javascript")]
    [InlineData("/try.js", "text/javascript")]
    [InlineData("/docs.js", "text/javascript")]
    [InlineData("/reference.js", "text/javascript")]
    [InlineData("/icon.svg", "image/svg+xml")]
    [InlineData("/favicon.ico", "image/x-icon")]
    [InlineData("/robots.txt", "text/plain")]
    public async Task The_shared_files_are_served_and_asked_for_anew(string path, string contentType)
    {
        using var response = await _browser.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.ContentType?.MediaType);
        Assert.True(response.Headers.CacheControl?.NoCache);
        Assert.NotNull(response.Headers.ETag);
        HasSecurityHeaders(response);
    }

    [Fact]
    public async Task Pages_of_a_signed_in_user_are_not_kept_by_caches()
    {
        using var response = await _browser.GetAsync("/projects");

        Assert.True(response.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task What_users_wrote_is_text_and_not_markup()
    {
        var page = await _browser.GetStringAsync("/tasks");

        Assert.Contains("Write the &lt;i&gt;docs&lt;/i&gt;", page, StringComparison.Ordinal);
        Assert.Contains("Website &lt;b&gt;Redesign&lt;/b&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused_and_reaches_no_service()
    {
        using var form = new FormUrlEncodedContent([new("Name", "x"), new("Description", "y")]);
        using var response = await _browser.PostAsync("/projects", form);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        HasSecurityHeaders(response);
        Assert.Empty(_stack.TasksApi.Received);
    }

    [Fact]
    public async Task A_created_project_is_answered_by_a_redirect_with_a_notice()
    {
        var page = await SubmitAsync("/projects", "Create project", ("Name", "Website Redesign"), ("Description", "A fresher look"));

        Assert.Equal("/projects", page.Address);
        Assert.Contains("created", page.Document.QuerySelector("[role=status]")?.TextContent, StringComparison.Ordinal);
        var created = _stack.TasksApi.Received.Single(request => request.Method == "POST");
        Assert.Equal("""{"name":"Website Redesign","description":"A fresher look"}""", created.Body);
    }

    [Fact]
    public async Task A_refused_field_is_said_at_that_field_and_what_was_typed_is_kept()
    {
        _stack.TasksApi.Answer = context => context.Request.Method == "POST"
            ? RefuseAsync(context, """{"message":"Invalid request data","errors":{"name":["Name is required"]}}""")
            : TasksApiAsync(context);

        var page = await SubmitAsync("/projects", "Create project", ("Name", " "), ("Description", "typed before"));

        var field = page.Document.GetElementById("Name")!;
        Assert.Equal("true", field.GetAttribute("aria-invalid"));
        Assert.Equal("Name is required", page.Document.GetElementById(field.GetAttribute("aria-describedby")!)?.TextContent);
        Assert.Contains("Name is required", page.Document.QuerySelector("[role=alert]")?.TextContent, StringComparison.Ordinal);
        Assert.Equal("typed before", ((IHtmlTextAreaElement)page.Document.GetElementById("Description")!).Value);
    }

    [Fact]
    public async Task Something_of_somebody_else_is_not_found()
    {
        _stack.TasksApi.Answer = NotFoundAsync;
        _stack.AuthServer.Management = NotFoundAsync;

        foreach (var path in new[]
        {
            $"/projects/{Id}", $"/projects/{Id}/edit", $"/projects/{Id}/delete", $"/tasks/{Id}", $"/developer/{Id}",
            $"/developer/{Id}/delete", $"/developer/{Id}/try"
        })
        {
            using var response = await _browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_service_that_fails_is_a_503_page(int status)
    {
        await UseWebOfItsOwnAsync();
        _stack.TasksApi.Answer = context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        };

        using var response = await _browser.GetAsync("/tasks");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        HasSecurityHeaders(response);
    }

    [Fact]
    public async Task A_form_is_sent_to_a_service_once_even_when_the_service_fails()
    {
        await UseWebOfItsOwnAsync();
        _stack.TasksApi.Answer = context => context.Request.Method == "POST" ? FailAsync(context) : TasksApiAsync(context);

        _ = await SubmitAsync("/projects", "Create project", ("Name", "a"), ("Description", "b"));

        Assert.Single(_stack.TasksApi.Received, request => request.Method == "POST");

        static Task FailAsync(HttpContext context)
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_new_client_secret_is_shown_one_time()
    {
        _stack.AuthServer.Management = context => context.Request.Method == "POST"
            ? context.Response.WriteAsync(
                Client.Replace("\"secrets\"", "\"client_secret\":\"canary-secret\",\"secrets\"", StringComparison.Ordinal))
            : AnswerAsync(context, "clients", Client, "");

        var page = await SubmitAsync("/developer/new", "Create application", (
            "Name", "My Bot"), ("RedirectUris", "https://yourapp.com/auth/callback\r\n\r\n https://yourapp.com/other "));

        Assert.Equal($"/developer/{Id}", page.Address);
        Assert.Equal(Id, Shown(page.Document, "Client ID"));
        Assert.Equal("canary-secret", Shown(page.Document, "Client secret"));
        Assert.DoesNotContain("canary-secret", await _browser.GetStringAsync($"/developer/{Id}"), StringComparison.Ordinal);

        using var sent = JsonDocument.Parse(
            _stack.AuthServer.Received.Single(request => request is { Method: "POST", PathAndQuery: "/clients" }).Body);
        Assert.Equal(["https://yourapp.com/auth/callback", "https://yourapp.com/other"], sent.RootElement.GetProperty("redirect_uris")
            .EnumerateArray()
            .Select(uri => uri.GetString()));
    }

    [Fact]
    public async Task A_rolled_secret_is_shown_one_time_with_programs_that_have_it()
    {
        var page = await SubmitAsync($"/developer/{Id}", "Roll secret", ("Overlap", "hour"));

        Assert.Equal($"/developer/{Id}", page.Address);
        Assert.Equal("rolled-secret", Shown(page.Document, "Client secret"));
        Assert.Equal("""{"overlap":"hour"}""", Assert.Single(_stack.AuthServer.ReceivedAt($"/clients/{Id}/secrets/roll")).Body);
        var programs = page.Document.QuerySelectorAll<IHtmlTextAreaElement>(".tabs textarea").ToList();
        Assert.Equal(6, programs.Count);
        Assert.All(programs, program => Assert.Contains("rolled-secret", program.Value, StringComparison.Ordinal));
        Assert.Contains("2 people have let it in.", page.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("rolled-secret", await _browser.GetStringAsync($"/developer/{Id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_is_to_end_and_still_in_use_is_pointed_out()
    {
        var now = _stack.Clock.GetUtcNow();
        var secrets = JsonSerializer.Serialize(new object[]
        {
            new
            {
                id = Id, name = "Old", prefix = "abcd", last_four = "wxyz", created_at = now, last_used_at = now.AddMinutes(-3),
                expires_at = now.AddDays(1),
            },
            new { id = Id, name = "Gone", created_at = now, expires_at = now.AddMinutes(-1) },
        });
        _stack.AuthServer.Management = context => context.Request.Path == $"/clients/{Id}/consents"
            ? ManagementAsync(context)
            : JsonAsync(context, Client[..Client.IndexOf("[{", StringComparison.Ordinal)] + secrets + "}");

        var rows = new HtmlParser().ParseDocument(await _browser.GetStringAsync($"/developer/{Id}")).QuerySelectorAll("tbody tr");

        Assert.Contains("It was used 3 minutes ago: replace it there before it expires.", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Equal("abcd…wxyz", rows[0].QuerySelector("th code")!.TextContent);
        Assert.Contains("Expired", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Null(rows[1].QuerySelector("th code"));
    }

    [Fact]
    public async Task An_application_is_deleted_once_its_name_is_typed()
    {
        var other = await SubmitAsync($"/developer/{Id}/delete", "Delete application", ("Name", "My other Bot"));
        Assert.Equal("This is not its name", other.Document.GetElementById("Name-error")!.TextContent);
        Assert.DoesNotContain(_stack.AuthServer.Received, request => request.Method == "DELETE");

        var page = await SubmitAsync($"/developer/{Id}/delete", "Delete application", ("Name", "My Bot"));

        Assert.Equal("/developer", page.Address);
        Assert.Single(_stack.AuthServer.Received, request => request.Method == "DELETE");
    }

    [Theory]
    [InlineData("none")]
    [InlineData("read")]
    [InlineData("read_write")]
    public async Task The_owner_chooses_what_an_application_may_ask_for(string access)
    {
        _ = await SubmitAsync("/developer/new", "Create application", ("Name", "My Bot"), ("TasksAccess", access));

        using var sent = JsonDocument.Parse(
            _stack.AuthServer.Received.Single(request => request is { Method: "POST", PathAndQuery: "/clients" }).Body);
        Assert.Equal(access, sent.RootElement.GetProperty("tasks_access").GetString());
    }

    [Fact]
    public async Task What_is_wrong_with_a_redirect_URI_is_said_below_them_with_its_line()
    {
        _stack.AuthServer.Management = context => RefuseAsync(
            context,
            """{"message":"Invalid request data","errors":{"redirect_uris":["'http://yourapp.com/b' must use https","'/c' is not an absolute URI","Too many"]}}""");

        var page = await SubmitAsync("/developer/new", "Create application", (
            "Name", "My Bot"), ("RedirectUris", "https://yourapp.com/a\r\n\r\nhttp://yourapp.com/b\r\n /c"));

        var reasons = page.Document.QuerySelector("#RedirectUris-error")!;
        Assert.Equal(
            ["Line 3: 'http://yourapp.com/b' must use https", "Line 4: '/c' is not an absolute URI", "Too many"],
            reasons.QuerySelectorAll("li").Select(reason => reason.TextContent));
        Assert.Contains(
            reasons.Id!, page.Document.QuerySelector("#RedirectUris")!.GetAttribute("aria-describedby"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/tasks/new", "Create task", "project_id", "project_id must be the ID of one of your "
        + "projects", "ProjectId", "Choose one of your projects")]
    [InlineData("/tasks/new", "Create task", "status", "Invalid enum value. Expected backlog | triage | "
        + "todo", "Status", "Choose a status from the list")]
    [InlineData("/tasks/new", "Create task", "title", "Title is required", "Title", "Title is required")]
    [InlineData("/tasks/new", "Create task", "description", "description must be anything", "Description", "This must be anything")]
    [InlineData(
        "/developer/api-keys", "Create API key", "expires_at", "expires_at must be in the future", "ExpiresOn",
        "Choose a day in the future, or none")]
    [InlineData("/developer/api-keys", "Create API key", "scopes", "Scopes must be one or more of: tasks:read, "
        + "tasks:write", "", "Choose at least one")]
    public async Task What_a_service_says_of_a_field_by_its_JSON_name_is_said_in_words(
        string path, string button, string field, string refusal, string control, string words)
    {
        _stack.TasksApi.Answer = context => context.Request.Method == "POST" ? RefusedAsync(context) : TasksApiAsync(context);
        _stack.AuthServer.Management = context => context.Request.Method == "POST" ? RefusedAsync(context) : ManagementAsync(context);

        var page = await SubmitAsync(path, button, ("Name", "x"));

        Assert.Equal(words, page.Document.QuerySelector("[role=alert] li")?.TextContent);
        if (control.Length > 0)
        {
            Assert.Equal(words, page.Document.GetElementById(control + "-error")?.TextContent);
        }

        Task RefusedAsync(HttpContext context) => RefuseAsync(
            context, JsonSerializer.Serialize(
                new { message = "Invalid request data", errors = new Dictionary<string, string[]> { [field] = [refusal] } }));
    }

    [Fact]
    public async Task A_date_that_is_none_is_said_in_words()
    {
        var page = await SubmitAsync("/developer/api-keys", "Create API key", ("Name", "x"), ("ExpiresOn", "tomorrow"));

        Assert.Equal("'tomorrow' cannot be used here", page.Document.GetElementById("ExpiresOn-error")?.TextContent);
    }

    [Fact]
    public async Task The_tile_of_open_tasks_leads_to_those_it_counts()
    {
        _stack.TasksApi.Answer = context => context.Request.Path == "/api/tasks"
            ? JsonAsync(
                context,
                $"[{Item},{Item.Replace("todo", "done", StringComparison.Ordinal)},{Item.Replace("todo", "canceled", StringComparison.Ordinal)}]")
            : TasksApiAsync(context);

        var home = new HtmlParser().ParseDocument(await _browser.GetStringAsync("/"));
        var tile = home.QuerySelectorAll(".tile").Single(tile => tile.TextContent == "1 open task");
        var list = new HtmlParser().ParseDocument(await _browser.GetStringAsync(tile.GetAttribute("href")));

        Assert.Equal("/api/tasks?limit=50&open=true&sort=-created_at", _stack.TasksApi.Received.Last(
            request => request.PathAndQuery.StartsWith("/api/tasks", StringComparison.Ordinal)).PathAndQuery);
        Assert.Equal("Open", ((IHtmlSelectElement)list.GetElementById("status")!).SelectedOptions.Single().Text);
    }

    [Fact]
    public async Task Home_leads_on_with_what_is_in_progress_and_then_with_what_was_touched_last()
    {
        string[] tasks =
        [
            TaskOf("Older", "todo", 3), TaskOf("Newest", "backlog", 5), TaskOf("At it", "in_progress", 1), TaskOf("Over", "done", 9),
        ];
        _stack.TasksApi.Answer = context => context.Request.Path == "/api/tasks"
            ? JsonAsync(context, $"[{string.Join(',', tasks)}]")
            : TasksApiAsync(context);

        var home = new HtmlParser().ParseDocument(await _browser.GetStringAsync("/"));

        Assert.Equal(
            ["At it", "Newest", "Older"], home.QuerySelectorAll(".rows li > a:first-child").Select(task => task.TextContent));
        Assert.Equal($"/tasks/{Id}?returnUrl=%2F", home.QuerySelector(".rows li > a")!.GetAttribute("href"));

        static string TaskOf(string title, string status, int day) => Item
            .Replace("Write the <i>docs</i>", title, StringComparison.Ordinal)
            .Replace("\"todo\"", $"\"{status}\"", StringComparison.Ordinal)
            .Replace("\"updated_at\":\"2026-01-15", $"\"updated_at\":\"2026-01-0{day}", StringComparison.Ordinal);
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

    /// <summary>Web asks a service no more for a while after many failures: the other tests would run into that.</summary>
    private async Task UseWebOfItsOwnAsync()
    {
        _browser.Dispose();
        await SignInAsync(_stack.NewWeb());
    }

    private async Task SignInAsync(WebFactory web)
    {
        _browser = web.Browser();
        using var home = await _browser.GetAsync("/account/sign-in");
        _stack.AuthServer.Forget();
        _stack.TasksApi.Received.Clear();
    }

    private static void HasSecurityHeaders(HttpResponseMessage response)
    {
        Assert.Equal(
            Taskmaster.Web.Pages.SecurityHeaders.ContentSecurityPolicy,
            Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("DENY", Assert.Single(response.Headers.GetValues("X-Frame-Options")));
        Assert.Equal(
            Taskmaster.Web.Pages.SecurityHeaders.PermissionsPolicy, Assert.Single(response.Headers.GetValues("Permissions-Policy")));
        Assert.False(response.Headers.Contains("Server"));
    }

    private static string? Shown(IHtmlDocument document, string label)
    {
        var field = (IHtmlInputElement?)document.QuerySelectorAll<IHtmlLabelElement>("label").Single(
            element => element.TextContent == label).Control;
        Assert.True(field?.IsReadOnly);
        return field?.Value;
    }

    private async Task<(string Address, IHtmlDocument Document)> SubmitAsync(
        string path, string button, params (string Name, string Value)[] fields)
    {
        return await SubmitAsync(new HtmlParser().ParseDocument(await _browser.GetStringAsync(path)), path, button, fields);
    }

    private async Task<(string Address, IHtmlDocument Document)> SubmitAsync(
        IHtmlDocument document, string path, string button, params (string Name, string Value)[] fields)
    {
        var pressed = document.QuerySelectorAll<IHtmlButtonElement>("button").First(
            element => element.TextContent == button && !element.IsDisabled);
        var form = pressed.Form!;
        var values = form.Elements.OfType<IHtmlInputElement>()
            .Where(input => input.Type == "hidden")
            .ToDictionary(input => input.Name!, input => input.Value);
        foreach (var (name, value) in fields)
        {
            values[name] = value;
        }

        using var content = new FormUrlEncodedContent(values);
        var action = pressed.GetAttribute("formaction") ?? form.GetAttribute("action");
        using var response = await _browser.PostAsync(string.IsNullOrEmpty(action) ? path : action, content);
        return (response.RequestMessage!.RequestUri!.AbsolutePath, new HtmlParser().ParseDocument(
            await response.Content.ReadAsStringAsync()));
    }
}
