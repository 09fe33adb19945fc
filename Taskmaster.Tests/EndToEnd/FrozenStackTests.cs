using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Aspire.Hosting.ApplicationModel;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.EndToEnd;

/// <summary>
/// A process of the running stack that is stopped (SIGSTOP) and not ended: its connections stand and nothing comes of them. At
/// the public origin whoever needs it is told so within three seconds, reading and writing, and it goes on when the process does.
/// They bound a time, so they run alone, and with a stack of their own.
/// </summary>
[Collection(Alone.Name)]
public sealed class FrozenStackTests(Stack stack) : IClassFixture<Stack>
{
    private const string ListProjects =
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_projects","arguments":{}}}""";

    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData(ResourceNames.TasksApi, "GET /api/tasks", "POST /api/projects", "GET /api/events")]
    [InlineData(ResourceNames.AuthServer, "POST /oauth2/token", "GET /oauth2/jwks", "GET /sign-in", "POST /oauth2/register")]
    [InlineData(ResourceNames.Mcp, "POST /mcp")]
    [InlineData(ResourceNames.Redis, "POST /mcp", "GET /api/tasks")]
    [InlineData("postgres-server", "GET /api/tasks", "POST /api/projects", "POST /oauth2/register")]
    public async Task What_needs_a_frozen_process_is_a_503_in_time_at_the_public_origin(string resource, params string[] requests)
    {
        using var caller = stack.CreateClient();
        var token = await TokenAsync();

        // What each asks has been asked before, as in services that run.
        foreach (var request in requests.Append("GET /api/tasks"))
        {
            using var warm = await SendAsync(caller, request, token, TimeSpan.FromSeconds(20));
            Assert.True((int)warm.StatusCode < 500, $"{request}: {warm.StatusCode}");
        }

        var family = Family(PidOf(resource));
        Assert.NotEmpty(family);
        await SignalAsync("STOP", family);
        try
        {
            var answers = await Task.WhenAll(requests.Select(async request =>
            {
                var started = Stopwatch.GetTimestamp();
                using var answer = await SendAsync(caller, request, token, TimeSpan.FromSeconds(20));
                return (
                    Request: request, answer.StatusCode, HasRetryAfter: answer.Headers.RetryAfter is not null,
                    Time: Stopwatch.GetElapsedTime(started));
            }));

            Assert.All(answers, answer =>
            {
                Assert.Equal(
                    (answer.Request, HttpStatusCode.ServiceUnavailable, true), (answer.Request, answer.StatusCode, answer.HasRetryAfter));
                Assert.InRange(answer.Time, TimeSpan.Zero, Promptly);
            });
        }
        finally
        {
            await SignalAsync("CONT", family);
        }

        foreach (var request in requests)
        {
            await TokenRedis.UntilAsync(async () =>
            {
                using var answer = await SendAsync(caller, request, token, TimeSpan.FromSeconds(20));
                return (int)answer.StatusCode < 500;
            });
        }
    }

    /// <summary>The protocol carries the refusal: the server itself is there.</summary>
    [Fact]
    public async Task An_agent_is_told_to_come_again_while_the_API_is_frozen()
    {
        using var caller = stack.CreateClient();
        var token = await TokenAsync();
        using (var warm = await SendAsync(caller, "POST /mcp", token, TimeSpan.FromSeconds(20)))
        {
            Assert.Contains("structuredContent", await warm.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        var family = Family(PidOf(ResourceNames.TasksApi));
        await SignalAsync("STOP", family);
        try
        {
            var started = Stopwatch.GetTimestamp();
            using var answer = await SendAsync(caller, "POST /mcp", token, TimeSpan.FromSeconds(20));
            var body = await answer.Content.ReadAsStringAsync();
            Assert.Contains("Taskmaster is not available at the moment. Try again in 2 s.", body, StringComparison.Ordinal);
            Assert.Contains("\"isError\":true", body, StringComparison.Ordinal);
            Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, Promptly);
        }
        finally
        {
            await SignalAsync("CONT", family);
        }
    }

    /// <summary>For the API and for the MCP server.</summary>
    private async Task<string> TokenAsync() => (await stack.DemoClient().PostFormAsync("/oauth2/token",
    [
        KeyValuePair.Create("grant_type", "client_credentials"),
        KeyValuePair.Create("resource", stack.Issuer() + "/api"),
        KeyValuePair.Create("resource", stack.Issuer() + "/mcp"),
    ])).Is(HttpStatusCode.OK).AccessToken;

    private static async Task<HttpResponseMessage> SendAsync(HttpClient caller, string asked, string token, TimeSpan timeout)
    {
        var (method, path) = (asked.Split(' ')[0], asked.Split(' ')[1]);
        using var request = new HttpRequestMessage(new(method), path);
        request.Headers.Accept.ParseAdd("*/*, application/json, text/event-stream");
        if (path.StartsWith("/api/", StringComparison.Ordinal) || path == "/mcp")
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (method == "POST")
        {
            request.Content = path switch
            {
                "/mcp" => new StringContent(ListProjects, MediaTypeHeaderValue.Parse("application/json")),
                "/api/projects" => JsonContent.Create(new { name = "Frozen", description = "Written while it was not" }),
                "/oauth2/register" => new StringContent(
                    """{"redirect_uris":["https://client.example/callback"]}""", MediaTypeHeaderValue.Parse("application/json")),
                _ => new FormUrlEncodedContent(
                    [KeyValuePair.Create("grant_type", "client_credentials"), KeyValuePair.Create("client_id", "nobody")]),
            };
        }

        // A stream of events has no end: its head is the answer.
        using var end = new CancellationTokenSource(timeout);
        return await caller.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end.Token);
    }

    private int PidOf(string resource)
    {
        ResourceEvent? current = null;
        Assert.True(
            ProgramsOf(resource).Any(program => stack.App.ResourceNotifications.TryGetCurrentState(program, out current)),
            $"There is no {resource}.");
        var pid = current!.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value;
        return Convert.ToInt32(pid, CultureInfo.InvariantCulture);
    }

    /// <summary>Redis is whichever server the machine has.</summary>
    private static string[] ProgramsOf(string resource) =>
        resource == ResourceNames.Redis ? ["redis-server", "valkey-server", "garnet"] : [resource];

    /// <summary>The process and those it started, each before its children, so that a stopped one starts no others.</summary>
    private static List<int> Family(int pid) =>
        [pid, .. Directory.GetDirectories($"/proc/{pid}/task")
            .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .SelectMany(child => Family(int.Parse(child, CultureInfo.InvariantCulture)))];

    private static async Task SignalAsync(string signal, List<int> processes)
    {
        using var kill = Process.Start(
            "kill", ["-s", signal, .. processes.Select(process => process.ToString(CultureInfo.InvariantCulture))]);
        await kill.WaitForExitAsync();
    }
}
