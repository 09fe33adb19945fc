using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Http;
using static Taskmaster.Tests.Web.StubAnswers;

namespace Taskmaster.Tests.Web;

/// <content>The pages of the user's own applications.</content>
public sealed partial class PageTests
{
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

    [Theory]
    [InlineData("", "-")]
    [InlineData(".", "-")]
    [InlineData("..", "-")]
    [InlineData("\n", "-")]
    [InlineData("%2e", "-")]
    [InlineData("%00", "-")]
    [InlineData("a/../b", "-")]
    [InlineData("7k2m-of_them", "7k2m-of_them")]
    [InlineData("https://client.example/document.json", "https:%2F%2Fclient.example%2Fdocument.json")]
    public async Task An_applications_id_is_one_segment_of_an_address_whatever_it_is(string id, string segment)
    {
        var account = new HtmlParser().ParseDocument(await _browser.GetStringAsync("/account"));
        var button = account.QuerySelectorAll("button").First(button => button.TextContent.StartsWith("Disconnect ", StringComparison.Ordinal));

        await SubmitAsync(account, "/account", button.TextContent, ("clientId", id));

        Assert.Equal(
            "/consents/" + segment, _stack.AuthServer.Received.Single(request => request.Method == "DELETE").PathAndQuery);
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

    [Fact]
    public async Task A_request_log_that_cannot_be_read_is_a_503_page_and_the_application_itself_is_still_shown()
    {
        await UseWebOfItsOwnAsync();
        _stack.AuthServer.Management = context =>
        {
            if (!context.Request.Path.Value!.EndsWith("/requests", StringComparison.Ordinal))
            {
                return ManagementAsync(context);
            }

            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        };

        foreach (var path in new[] { $"/developer/{Id}/requests?errors=true", $"/developer/{Id}/requests/{Id}" })
        {
            using var response = await _browser.GetAsync(path);
            var page = new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.NotNull(response.Headers.RetryAfter);
            Assert.Equal("Back in a moment", page.QuerySelector("h1")!.TextContent);
            Assert.Equal(path, page.QuerySelector("main a.button")!.GetAttribute("href"));
        }

        using var application = await _browser.GetAsync($"/developer/{Id}");
        Assert.Equal(HttpStatusCode.OK, application.StatusCode);
    }
}
