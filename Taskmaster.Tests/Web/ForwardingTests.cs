using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Taskmaster.Tests.Web;

/// <summary>The public origin over real sockets: what reaches the services, and what comes back.</summary>
public sealed class ForwardingTests : IClassFixture<WebStackFixture>, IDisposable
{
    /// <summary>Nothing listens there.</summary>
    private const string Down = "http://127.0.0.1:1";

    private readonly WebStack _stack;
    private Uri _origin;
    private HttpClient _caller;

    public ForwardingTests(WebStackFixture fixture)
    {
        _stack = fixture.Stack;
        AuthServer.Instead = _ => Task.CompletedTask;
        TasksApi.Answer = _ => Task.CompletedTask;
        AuthServer.Forget();
        TasksApi.Received.Clear();
        _origin = fixture.Origin;
        _caller = NewCaller(_origin);
    }

    private StubAuthServer AuthServer => _stack.AuthServer;

    private StubService TasksApi => _stack.TasksApi;

    public void Dispose() => _caller.Dispose();

    [Fact]
    public async Task The_trace_that_a_caller_began_goes_on_to_the_service()
    {
        // As with telemetry on. Tests beside this one may have others listen to the client's half alone, and not to the server's.
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/tasks");
        request.Headers.Add("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

        using var response = await _caller.SendAsync(request);

        Assert.StartsWith(
            "00-4bf92f3577b34da6a3ce929d0e0e4736-", Assert.Single(TasksApi.Received).Headers["traceparent"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/oauth2/authorize?client_id=a%20b&scope=openid+email&state=%C3%A9", true)]
    [InlineData("POST", "/oauth2/token", true)]
    [InlineData("POST", "/oauth2/revoke", true)]
    [InlineData("GET", "/oauth2/jwks", true)]
    [InlineData("GET", "/.well-known/openid-configuration", true)]
    [InlineData("GET", "/.well-known/oauth-authorization-server", true)]
    [InlineData("GET", "/sign-in?returnUrl=%2Fprojects", true)]
    [InlineData("POST", "/sign-up", true)]
    [InlineData("POST", "/sign-out", true)]
    [InlineData("POST", "/consent?ticket=x", true)]
    [InlineData("GET", "/api/tasks?project_id=1", false)]
    [InlineData("PUT", "/api/tasks/1", false)]
    [InlineData("PATCH", "/api/tasks/1", false)]
    [InlineData("DELETE", "/api/projects/1", false)]
    [InlineData("GET", "/api/openapi.yaml", false)]
    public async Task A_listed_path_reaches_its_service_unchanged(string method, string path, bool toAuthServer)
    {
        var body = method is "GET" or "DELETE" ? "" : "grant_type=client_credentials&x=%20+";
        using var request = new HttpRequestMessage(new(method), path) { Content = body.Length == 0 ? null : new StringContent(body) };
        request.Headers.Authorization = new("Bearer", "token");

        using var response = await _caller.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var (reached, other) = toAuthServer
            ? (AuthServer.Received, (IReadOnlyCollection<ReceivedRequest>)TasksApi.Received)
            : ((IReadOnlyCollection<ReceivedRequest>)TasksApi.Received, AuthServer.Received);
        var received = Assert.Single(reached);
        Assert.Empty(other);
        Assert.Equal(method, received.Method);
        Assert.Equal(Uri.UnescapeDataString(path), Uri.UnescapeDataString(received.PathAndQuery));
        Assert.Equal(path.Split('?').ElementAtOrDefault(1), received.PathAndQuery.Split('?').ElementAtOrDefault(1));
        Assert.Equal(body, received.Body);
        Assert.Equal("Bearer token", received.Headers["Authorization"]);
    }

    [Theory]
    [InlineData("/clients")]
    [InlineData("/clients/1/secrets")]
    [InlineData("/sign-in/more")]
    [InlineData("/consents")]
    [InlineData("/apiary")]
    [InlineData("/oauth2x/token")]
    [InlineData("/.well-known/other")]
    [InlineData("/oauth2/../clients")]
    [InlineData("/oauth2/%2e%2e/clients")]
    [InlineData("/api/%2e%2e/health")]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task Nothing_else_reaches_a_service(string path)
    {
        _ = await SendRawAsync($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        Assert.Empty(AuthServer.Received);
        Assert.Empty(TasksApi.Received);
    }

    /// <summary>YARP cannot tell %2F from %252F; no path of the services has either, so that both are nothing there.</summary>
    [Theory]
    [InlineData("%2F")]
    [InlineData("%252F")]
    public async Task An_encoded_slash_never_becomes_one(string slash)
    {
        var arrived = new TaskCompletionSource<string>();
        TasksApi.Answer = context =>
        {
            arrived.SetResult(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
            return Task.CompletedTask;
        };

        _ = await SendRawAsync($"GET /api/tasks/1{slash}2 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        Assert.Equal("/api/tasks/1%252F2", await arrived.Task.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Theory]
    [InlineData("/oauth2/..%2fclients")]
    [InlineData("/oauth2/%252e%252e/clients")]
    [InlineData("/oauth2/..%5cclients")]
    public async Task An_encoded_way_up_stays_below_its_path(string path)
    {
        _ = await SendRawAsync($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        Assert.All(AuthServer.Received, request => Assert.StartsWith("/oauth2/", request.PathAndQuery, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task Health_of_Web_is_for_whoever_calls_it_directly_from_its_own_network(string path)
    {
        Assert.Equal("Healthy", await _caller.GetStringAsync(path));

        OpenNew(_stack.NewWeb(settings: ("Taskmaster:TrustedProxies:0", "127.0.0.0/8")));
        foreach (var (header, value) in new[]
        {
            ("X-Forwarded-For", "203.0.113.7"), ("X-Forwarded-For", "10.0.0.1"), ("Forwarded", "for=10.0.0.1"), ("Via", "1.1 proxy")
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path.ToUpperInvariant() + "/");
            request.Headers.Add(header, value);
            using var response = await _caller.SendAsync(request);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Fact]
    [Trait("Behaviour", "41")]
    public async Task Forged_forwarding_headers_and_hosts_do_not_get_through()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/oauth2/jwks");
        request.Headers.Host = "evil.example";
        foreach (var name in new[]
        {
            "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Prefix", "X-Forwarded-Port", "X-Real-IP",
            "X-Original-For", "X-Original-Host"
        })
        {
            request.Headers.Add(name, "6.6.6.6");
        }

        request.Headers.Add("Forwarded", "for=6.6.6.6;host=evil.example");
        using var response = await _caller.SendAsync(request);

        var headers = Assert.Single(AuthServer.Received).Headers;
        Assert.Equal("127.0.0.1", headers["X-Forwarded-For"]);
        Assert.Equal("http", headers["X-Forwarded-Proto"]);
        Assert.DoesNotContain(headers, header => header.Value.Contains("6.6.6.6", StringComparison.Ordinal)
            || header.Value.Contains("evil", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_address_a_trusted_proxy_reports_is_passed_on()
    {
        OpenNew(_stack.NewWeb(settings: ("Taskmaster:TrustedProxies:0", "127.0.0.0/8")));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/oauth2/jwks");
        request.Headers.Add("X-Forwarded-For", "6.6.6.6, 203.0.113.7");
        using var response = await _caller.SendAsync(request);

        Assert.Equal("203.0.113.7", Assert.Single(AuthServer.Received).Headers["X-Forwarded-For"]);
    }

    [Fact]
    public async Task Cookies_of_Web_stay_there_and_the_API_gets_none()
    {
        const string cookies =
            "taskmaster.auth=a%20b; taskmaster.web=secret; __Host-taskmaster.web=secret; other=\"x y\"; taskmaster.web.antiforgery=secret";
        foreach (var path in new[] { "/oauth2/authorize", "/api/tasks" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("Cookie", cookies);
            using var response = await _caller.SendAsync(request);
        }

        Assert.Equal("taskmaster.auth=a%20b; other=\"x y\"", Assert.Single(AuthServer.Received).Headers["Cookie"]);
        Assert.DoesNotContain("Cookie", Assert.Single(TasksApi.Received).Headers.Keys);
    }

    [Theory]
    [InlineData(400, "application/json", """{"error":"invalid_grant"}""")]
    [InlineData(401, "application/json", """{"message":"Unauthorized"}""")]
    [InlineData(404, null, "")]
    [InlineData(405, null, "")]
    [InlineData(500, "text/plain", "their own")]
    [InlineData(503, null, "")]
    public async Task An_answer_comes_back_untouched(int status, string? contentType, string body)
    {
        TasksApi.Answer = context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = contentType;
            context.Response.Headers.WWWAuthenticate = "Bearer";
            context.Response.Headers.SetCookie = "theirs=1";
            return context.Response.WriteAsync(body);
        };

        using var response = await _caller.GetAsync("/api/tasks");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.ContentType?.ToString());
        Assert.Equal(body, await response.Content.ReadAsStringAsync());
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        Assert.Equal("theirs=1", Assert.Single(response.Headers.GetValues("Set-Cookie")));
        Assert.False(response.Headers.Contains("Content-Security-Policy"));
    }

    [Theory]
    [InlineData("POST", "/oauth2/token", "error")]
    [InlineData("GET", "/.well-known/openid-configuration", "error")]
    [InlineData("GET", "/api/tasks", "message")]
    [InlineData("POST", "/api/tasks", "message")]
    public async Task A_service_that_is_down_is_a_503_that_says_when_to_come_again(string method, string path, string field)
    {
        OpenNew(_stack.NewWeb(authServer: Down, tasksApi: Down));
        using var request = new HttpRequestMessage(new(method), path) { Content = method == "POST" ? new StringContent("{}") : null };
        using var response = await _caller.SendAsync(request);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter?.Delta);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        Assert.True(response.Headers.CacheControl?.NoStore);
        using var body = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var value = body.RootElement.GetProperty(field).GetString();
        Assert.True(field == "message" || value == "temporarily_unavailable", value);
    }

    [Fact]
    public async Task A_person_gets_a_page_while_the_authorization_server_is_down()
    {
        OpenNew(_stack.NewWeb(authServer: Down));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.Accept.ParseAdd("text/html");
        using var response = await _caller.SendAsync(request);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Contains("<h1>Back in a moment</h1>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_hangs_up_without_an_answer_is_a_503()
    {
        AuthServer.Instead = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        using var response = await _caller.PostAsync("/oauth2/token", new StringContent("grant_type=client_credentials"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Single(AuthServer.Received);
    }

    [Fact]
    public async Task An_answer_that_is_no_HTTP_is_the_services_bug_and_no_outage()
    {
        using var service = new TcpListener(IPAddress.Loopback, 0);
        service.Start();
        OpenNew(_stack.NewWeb(tasksApi: $"http://{service.LocalEndpoint}"));

        var answering = _caller.GetAsync("/api/tasks");
        using (var connection = await service.AcceptTcpClientAsync())
        {
            await connection.GetStream().WriteAsync("SSH-2.0-OpenSSH\r\n\r\n"u8.ToArray());
            using var response = await answering;

            Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
            Assert.Null(response.Headers.RetryAfter);
            Assert.Equal("""{"message":"The answer cannot be read"}""", await response.Content.ReadAsStringAsync());
        }
    }

    private void OpenNew(WebFactory web)
    {
        _caller.Dispose();
        _origin = web.Listen();
        _caller = NewCaller(_origin);
    }

    private static HttpClient NewCaller(Uri origin) =>
        new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = origin };

    private Task<string> SendRawAsync(string request) => RawHttp.SendAsync(_origin, request);
}
