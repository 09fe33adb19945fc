using System.Net;
using Microsoft.AspNetCore.Http;
using Taskmaster.Web.Live;

namespace Taskmaster.Tests.Web;

/// <summary>The stream of changes that pages follow: the API's, let in by the session.</summary>
public sealed class LiveTests(WebStackFixture fixture) : IClassFixture<WebStackFixture>
{
    private const string Path = "/tasks/events";

    [Fact]
    public async Task A_page_gets_the_APIs_events_as_they_come_and_goes_on_after_the_last_one()
    {
        using var browser = await SignedInAsync();
        var next = new TaskCompletionSource();
        fixture.Stack.TasksApi.Answer = async context =>
        {
            await EventAsync(context, "first");
            await next.Task;
            await EventAsync(context, "second");
        };

        using var response = await browser.GetAsync(
            new Uri(Path + "?after=1-2-3", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.True(response.Headers.CacheControl?.NoStore);
        using var events = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal("data: first", await events.ReadLineAsync());
        next.SetResult();
        Assert.Equal(["", "data: second", ""], (await events.ReadToEndAsync()).Split('\n')[..3]);

        var asked = fixture.Stack.TasksApi.Received.Last(request => request.PathAndQuery == "/api/events");
        Assert.Equal("1-2-3", asked.Headers["Last-Event-ID"]);
        Assert.StartsWith("Bearer access-", asked.Headers["Authorization"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1-2-3%0d%0aX-Injected:%20yes")]
    [InlineData("1-2-3%0aX-Injected:%20yes")]
    [InlineData("1-2-3%20")]
    [InlineData("%c3%a9")]
    public async Task What_is_no_id_of_an_event_never_reaches_the_API(string after)
    {
        using var browser = await SignedInAsync();
        fixture.Stack.TasksApi.Received.Clear();

        using var response = await browser.GetAsync(Path + "?after=" + after);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.DoesNotContain(fixture.Stack.TasksApi.Received, request => request.PathAndQuery == "/api/events");
    }

    [Fact]
    public async Task A_visitor_is_told_401_and_an_outage_503()
    {
        using var visitor = fixture.Web.Browser(followRedirects: false);
        using var refused = await visitor.GetAsync(Path);
        Assert.Equal((HttpStatusCode.Unauthorized, ""), (refused.StatusCode, await refused.Content.ReadAsStringAsync()));

        using var browser = await SignedInAsync();
        fixture.Stack.TasksApi.Answer = context =>
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        };
        using var away = await browser.GetAsync(Path);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
        Assert.NotNull(away.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_user_whose_programs_have_all_streams_is_told_so_and_the_log_tells_of_no_outage()
    {
        var logs = new LoggedLines();
        using var browser = await SignedInAsync(fixture.Stack.NewWeb(logs: logs));
        fixture.Stack.TasksApi.Received.Clear();
        fixture.Stack.TasksApi.Answer = context =>
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = "15";
            return Task.CompletedTask;
        };
        logs.All.Clear();

        using var stream = await browser.GetAsync(Path);
        using var page = await browser.GetAsync("/tasks/board");

        Assert.Equal(
            (HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests), (stream.StatusCode, page.StatusCode));
        Assert.Equal("15", stream.Headers.RetryAfter?.ToString());
        Assert.Equal("15", page.Headers.RetryAfter?.ToString());
        Assert.Contains("Too many requests", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(logs.All, line => line.Contains("away", StringComparison.Ordinal));

        // To ask again at once would only be one more.
        Assert.Single(fixture.Stack.TasksApi.Received, request => request.PathAndQuery == "/api/events");
    }

    [Fact]
    public void A_user_has_a_bounded_number_of_streams_and_gets_a_place_back()
    {
        var streams = new OpenStreams();
        var places = Enumerable.Range(0, OpenStreams.MostPerUser).Select(_ => streams.TryTake("alice")).ToList();

        Assert.DoesNotContain(null, places);
        Assert.Null(streams.TryTake("alice"));
        Assert.NotNull(streams.TryTake("bob"));
        places[0]!.Dispose();
        Assert.NotNull(streams.TryTake("alice"));
    }

    private async Task<HttpClient> SignedInAsync(WebFactory? web = null)
    {
        fixture.Stack.TasksApi.Answer = StubAnswers.TasksApiAsync;
        var browser = (web ?? fixture.Web).Browser();
        using var home = await browser.GetAsync("/account/sign-in");
        return browser;
    }

    private static async Task EventAsync(HttpContext context, string data)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = "text/event-stream";
        }

        await context.Response.WriteAsync($"data: {data}\n\n");
        await context.Response.Body.FlushAsync();
    }
}
