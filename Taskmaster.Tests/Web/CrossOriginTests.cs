using System.Net;

namespace Taskmaster.Tests.Web;

/// <summary>What a script of another origin may call (CORS, Fetch §3.3).</summary>
public sealed class CrossOriginTests : IClassFixture<WebStackFixture>, IDisposable
{
    private const string Spa = "https://spa.example";

    private readonly WebStack _stack;
    private readonly HttpClient _caller;

    public CrossOriginTests(WebStackFixture fixture)
    {
        _stack = fixture.Stack;
        _stack.AuthServer.Instead = _ => Task.CompletedTask;
        _stack.TasksApi.Answer = _ => Task.CompletedTask;
        _stack.AuthServer.Forget();
        _stack.TasksApi.Received.Clear();
        _caller = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = fixture.Origin };
    }

    public void Dispose() => _caller.Dispose();

    [Theory]
    [InlineData("GET", "/.well-known/openid-configuration")]
    [InlineData("GET", "/.well-known/oauth-authorization-server")]
    [InlineData("GET", "/.well-known/oauth-protected-resource/api")]
    [InlineData("GET", "/oauth2/jwks")]
    [InlineData("POST", "/oauth2/token")]
    [InlineData("POST", "/oauth2/revoke")]
    [InlineData("GET", "/oauth2/userinfo")]
    [InlineData("POST", "/oauth2/userinfo")]
    [InlineData("POST", "/oauth2/register")]
    [InlineData("PUT", "/oauth2/register/abc")]
    [InlineData("POST", "/oauth2/par")]
    [InlineData("GET", "/api/tasks")]
    [InlineData("PATCH", "/api/tasks/1")]
    [InlineData("DELETE", "/api/projects/1")]
    [InlineData("GET", "/api/events")]
    [InlineData("GET", "/api/openapi.json")]
    public async Task A_browser_client_may_call_and_read_it_without_credentials(string method, string path)
    {
        using var preflight = await SendAsync(HttpMethod.Options, path,
            ("Access-Control-Request-Method", method), ("Access-Control-Request-Headers", "authorization,content-type,idempotency-key"));

        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Equal("*", Value(preflight, "Access-Control-Allow-Origin"));
        Assert.True(method is "GET" or "POST" || Value(preflight, "Access-Control-Allow-Methods")!.Split(',').Contains(method));
        Assert.Equal("authorization,content-type,idempotency-key", Value(preflight, "Access-Control-Allow-Headers"));
        Assert.Equal("7200", Value(preflight, "Access-Control-Max-Age"));
        Assert.Null(Value(preflight, "Access-Control-Allow-Credentials"));
        Assert.Empty(_stack.AuthServer.Received.Concat(_stack.TasksApi.Received));

        using var answer = await SendAsync(new(method), path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("*", Value(answer, "Access-Control-Allow-Origin"));
        Assert.Contains("WWW-Authenticate", Value(answer, "Access-Control-Expose-Headers")!, StringComparison.Ordinal);
        Assert.Contains("DPoP-Nonce", Value(answer, "Access-Control-Expose-Headers")!, StringComparison.Ordinal);
        Assert.Null(Value(answer, "Access-Control-Allow-Credentials"));
        Assert.Single(_stack.AuthServer.Received.Concat(_stack.TasksApi.Received));
    }

    [Theory]
    [InlineData("/oauth2/authorize")]
    [InlineData("/oauth2/logout")]
    [InlineData("/oauth2/verify")]
    [InlineData("/oauth2/introspect")]
    [InlineData("/oauth2/registered")]
    [InlineData("/sign-in")]
    [InlineData("/sign-up")]
    [InlineData("/sign-out")]
    [InlineData("/consent")]
    [InlineData("/password")]
    [InlineData("/api/docs")]
    [InlineData("/api/docs/")]
    [InlineData("/")]
    [InlineData("/projects")]
    [InlineData("/developer")]
    public async Task Nobody_elses_script_reads_the_authorization_endpoint_or_a_page(string path)
    {
        foreach (var method in new[] { HttpMethod.Options, HttpMethod.Get, HttpMethod.Post })
        {
            using var answer = await SendAsync(method, path, ("Access-Control-Request-Method", "GET"));

            Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task A_refusal_and_an_answer_of_Webs_own_can_be_read_too()
    {
        _stack.TasksApi.Answer = context =>
        {
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        };
        using var refused = await SendAsync(HttpMethod.Get, "/api/tasks");
        Assert.Equal("*", Value(refused, "Access-Control-Allow-Origin"));

        using var down = new HttpClient { BaseAddress = _stack.NewWeb(authServer: "http://127.0.0.1:1").Listen() };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth2/token");
        request.Headers.Add("Origin", Spa);
        using var outage = await down.SendAsync(request);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, outage.StatusCode);
        Assert.Equal("*", Value(outage, "Access-Control-Allow-Origin"));
    }

    /// <summary>
    /// A cache that keeps the answer to a request without an Origin must not give it to one that has one (Fetch §3.3.5).
    /// </summary>
    [Fact]
    public async Task Answers_say_that_they_vary_by_origin()
    {
        using var answer = await _caller.GetAsync("/oauth2/jwks");

        Assert.Equal("Origin", Value(answer, "Vary"));
        Assert.Null(Value(answer, "Access-Control-Allow-Origin"));
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Origin", Spa);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await _caller.SendAsync(request);
    }

    private static string? Value(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values) ? Assert.Single(values) : null;
}
