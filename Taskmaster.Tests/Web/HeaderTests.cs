using System.Net;

namespace Taskmaster.Tests.Web;

/// <summary>Header fields on their way through the public origin, over real sockets.</summary>
public sealed class HeaderTests : IClassFixture<WebStackFixture>
{
    private readonly WebStack _stack;
    private readonly Uri _origin;

    public HeaderTests(WebStackFixture fixture)
    {
        _stack = fixture.Stack;
        _stack.AuthServer.Instead = _ => Task.CompletedTask;
        _stack.TasksApi.Answer = _ => Task.CompletedTask;
        _stack.AuthServer.Forget();
        _stack.TasksApi.Received.Clear();
        _origin = fixture.Origin;
    }

    /// <summary>UTF-8, Latin-1, and bytes that are neither (obs-text, RFC 9110 §5.5).</summary>
    public static TheoryData<string> Values => new(RawHttp.Utf8("Müller/1.0 größe 漢字"), "M\u00fcller", "\u0080\u00fe\u00ff");

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_header_beyond_ASCII_reaches_the_service_as_it_came(string value)
    {
        Assert.StartsWith(
            "HTTP/1.1 200", await GetAsync("/api/tasks", $"User-Agent: {value}", $"Idempotency-Key: {value}"), StringComparison.Ordinal);
        Assert.StartsWith(
            "HTTP/1.1 200", await GetAsync("/sign-in", $"Cookie: theme={value}; taskmaster.auth=x"), StringComparison.Ordinal);

        var call = Assert.Single(_stack.TasksApi.Received);
        Assert.Equal(value, call.Headers["User-Agent"]);
        Assert.Equal(value, call.Headers["Idempotency-Key"]);
        Assert.Equal($"theme={value}; taskmaster.auth=x", Assert.Single(_stack.AuthServer.Received).Headers["Cookie"]);
    }

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_header_beyond_ASCII_comes_back_as_the_service_sent_it(string value)
    {
        _stack.TasksApi.Answer = context =>
        {
            context.Response.Headers["X-Title"] = value;
            return Task.CompletedTask;
        };

        Assert.Contains($"\r\nX-Title: {value}\r\n", await GetAsync("/api/tasks"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_cookie_beyond_ASCII_does_not_keep_a_page_of_Web_from_opening(string value) =>
        Assert.StartsWith("HTTP/1.1 200", await GetAsync("/", $"Cookie: theme={value}", $"User-Agent: {value}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("Authorization", "Bearer a")]
    [InlineData("Idempotency-Key", "a")]
    [InlineData("X-API-Key", "a")]
    [InlineData("Content-Type", "application/json")]
    [InlineData("DPoP", "a.b.c")]
    [InlineData("Last-Event-ID", "1")]
    [InlineData("origin", "https://spa.example")]
    public async Task Two_lines_of_a_header_that_has_one_value_are_a_bad_request_and_never_joined(string header, string value)
    {
        foreach (var (path, body) in new[]
        {
            ("/api/tasks", $$"""{"message":"The header {{header}} must be sent once"}"""),
            ("/oauth2/token", $$"""{"error":"invalid_request","error_description":"The header {{header}} must be sent once"}"""),
        })
        {
            var response = await GetAsync(path, $"{header}: {value}", $"{header}: {value}");

            Assert.StartsWith("HTTP/1.1 400", response, StringComparison.Ordinal);
            Assert.Contains(body, response, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Empty(_stack.TasksApi.Received);
        Assert.Empty(_stack.AuthServer.Received);
    }

    [Fact]
    public async Task Two_lines_of_a_header_that_is_a_list_are_one_list()
    {
        Assert.StartsWith("HTTP/1.1 200", await GetAsync("/api/tasks", "If-Match: \"a\"", "If-Match: \"b\""), StringComparison.Ordinal);

        Assert.Equal(
            ["\"a\"", "\"b\""], Assert.Single(_stack.TasksApi.Received).Headers["If-Match"].Split(',', StringSplitOptions.TrimEntries));
    }

    [Fact]
    public async Task HEAD_is_forwarded_as_HEAD_and_has_no_content()
    {
        _stack.TasksApi.Answer = context =>
        {
            context.Response.ContentLength = 5;
            return Task.CompletedTask;
        };
        using var caller = new HttpClient { BaseAddress = _origin };
        using var response = await caller.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/api/tasks"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(5, response.Content.Headers.ContentLength);
        Assert.Equal("HEAD", Assert.Single(_stack.TasksApi.Received).Method);
    }

    /// <summary>As long as that of a sign-in page which holds the longest authorization request.</summary>
    [Fact]
    public async Task An_address_of_28_KiB_is_forwarded()
    {
        var query = "?returnUrl=" + new string('x', 28 * 1024);

        Assert.StartsWith("HTTP/1.1 200", await GetAsync("/sign-in" + query), StringComparison.Ordinal);
        Assert.Equal("/sign-in" + query, Assert.Single(_stack.AuthServer.Received).PathAndQuery);
    }

    private Task<string> GetAsync(string path, params string[] headers) =>
        RawHttp.SendAsync(_origin, $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: "
            + $"close\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n");
}
