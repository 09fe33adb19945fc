using System.Net;
using System.Text.Json;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Http;
using static Taskmaster.Tests.Web.StubAnswers;

namespace Taskmaster.Tests.Web;

/// <content>Forms: what they send, and what is said of what a service refuses.</content>
public sealed partial class PageTests
{
    [Fact]
    public async Task A_form_without_its_token_is_refused_and_reaches_no_service()
    {
        using var form = new FormUrlEncodedContent([new("Name", "x"), new("Description", "y")]);
        using var response = await _browser.PostAsync("/projects", form);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        HasSecurityHeaders(response);
        Assert.Empty(_stack.TasksApi.Received);
    }

    public static TheoryData<string, string> Unreadable => new()
    {
        { "application/x-www-form-urlencoded", "Name=a%00" },
        { "application/x-www-form-urlencoded", new string('k', 3000) + "=1" },
        { "application/x-www-form-urlencoded", string.Join('&', Enumerable.Range(0, 1100).Select(number => $"f{number}=1")) },
        { "application/x-www-form-urlencoded; charset=utf-7", "Name=a" },
        { "multipart/form-data", "x" },
        { "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"Name\"\r\n\r\nbroken off" },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task A_form_that_cannot_be_read_is_the_senders_mistake(string contentType, string content)
    {
        foreach (var path in new[] { "/projects", "/docs", "/account?handler=SignOut", "/tasks?handler=Bulk" })
        {
            using var form = new StringContent(content);
            form.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(contentType);
            using var response = await _browser.PostAsync(path, form);

            Assert.Equal((path, HttpStatusCode.BadRequest), (path, response.StatusCode));
        }

        Assert.Empty(_stack.TasksApi.Received);
    }

    [Fact]
    public async Task The_second_of_two_clicks_is_answered_as_the_first()
    {
        var refused = 0;
        _stack.TasksApi.Answer = context =>
        {
            if (context.Request.Method == "POST" && refused++ == 0)
            {
                context.Response.StatusCode = StatusCodes.Status409Conflict;
                return JsonAsync(context, """{"message":"A request with this Idempotency-Key is being processed"}""");
            }

            return TasksApiAsync(context);
        };

        var page = await SubmitAsync("/projects", "Create project", ("Name", "Website Redesign"), ("Description", "A fresher look"));

        Assert.Equal("/projects", page.Address);
        Assert.Equal(2, _stack.TasksApi.Received.Where(request => request.Method == "POST")
            .Select(request => (request.Body, request.Headers["Idempotency-Key"])).GroupBy(request => request).Single().Count());
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
}
