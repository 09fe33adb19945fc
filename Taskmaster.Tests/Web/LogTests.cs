using System.Net;

namespace Taskmaster.Tests.Web;

/// <summary>How much Web writes to its log, with the settings it is shipped with.</summary>
public sealed class LogTests(WebStackFixture fixture) : IClassFixture<WebStackFixture>
{
    private const string Down = "http://127.0.0.1:1";

    [Fact]
    public async Task Requests_that_go_well_write_nothing()
    {
        var logs = new LoggedLines();
        fixture.Stack.TasksApi.Answer = _ => Task.CompletedTask;
        using var caller = new HttpClient { BaseAddress = fixture.Stack.NewWeb(logs: logs).Listen() };
        logs.All.Clear();

        foreach (var path in new[] { "/api/tasks", "/", "/docs", "/nothing-there" })
        {
            using var response = await caller.GetAsync(path);
        }

        Assert.Empty(logs.All);
    }

    [Fact]
    public async Task An_outage_is_one_line_however_many_requests_meet_it_and_its_end_another()
    {
        var logs = new LoggedLines();
        using var caller = new HttpClient { BaseAddress = fixture.Stack.NewWeb(tasksApi: Down, authServer: Down, logs: logs).Listen() };
        logs.All.Clear();

        for (var number = 0; number < 5; number++)
        {
            using var response = await caller.GetAsync("/api/tasks");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        }

        var line = Assert.Single(logs.All);
        Assert.StartsWith("Warning Taskmaster.ServiceDefaults.Hosting.OutageLog: tasksapi is away", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_meets_an_outage_writes_no_stack_either()
    {
        var logs = new LoggedLines();
        using var browser = fixture.Stack.NewWeb(authServer: Down, logs: logs).Browser(followRedirects: false);
        logs.All.Clear();

        using var response = await browser.GetAsync("/account/sign-in");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains(logs.All, line => line.Contains("authserver is away", StringComparison.Ordinal));
        Assert.DoesNotContain(logs.All, line => line.TrimStart().StartsWith("at ", StringComparison.Ordinal));
    }
}
