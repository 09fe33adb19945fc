using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.Documentation;

/// <summary>docs/client-credentials-flow.md, example by example and error by error, on the public origin.</summary>
[Collection(Stack.Collection)]
public sealed class ClientCredentialsDocumentTests(Stack stack)
{
    [Fact]
    public async Task A_client_registered_on_the_Developer_page_gets_a_token_and_the_tasks_of_its_owner()
    {
        using var browser = stack.Browser();
        await browser.SignUpAsync(Person.Named("Alice"));
        var client = await browser.RegisterClientAsync("My Task Management Bot");

        var token = await client.ClientCredentialsAsync();

        Assert.Equal(HttpStatusCode.OK, token.Status);
        Assert.Equal(["access_token", "token_type", "expires_in"], token.Properties);
        Assert.Equal("Bearer", token["token_type"]);
        Assert.Equal(3600, token.Json["expires_in"]!.GetValue<int>());
        Assert.Equal(43, token.AccessToken.Length);

        var project = await client.CreateAsync(
            "/api/projects", token.AccessToken, """{"name":"Documentation","description":"What people read"}""");
        var task = await client.CreateAsync("/api/tasks", token.AccessToken, $$"""
            {"title":"Review API documentation","description":"Update the client credentials flow docs","status":"todo","project_id":"{{project["id"]}}"}
            """);

        var tasks = await client.GetTasksAsync(token.AccessToken);

        Assert.Equal(HttpStatusCode.OK, tasks.Status);
        var listed = Assert.Single(tasks.Items)!;
        Assert.Equal(task["id"], listed["id"]!.GetValue<string>());
        Assert.Equal("Review API documentation", listed["title"]!.GetValue<string>());
        Assert.Equal("Update the client credentials flow docs", listed["description"]!.GetValue<string>());
        Assert.Equal("todo", listed["status"]!.GetValue<string>());
        Assert.Equal(project["id"], listed["project_id"]!.GetValue<string>());
        Assert.Matches("""^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$""", listed["created_at"]!.GetValue<string>());
        Assert.Matches("""^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$""", listed["updated_at"]!.GetValue<string>());
    }

    [Fact]
    [Trait("Behaviour", "26")]
    public async Task A_token_answer_is_JSON_that_nobody_stores()
    {
        var token = await stack.DemoClient().ClientCredentialsAsync();

        Assert.Equal(HttpStatusCode.OK, token.Status);
        Assert.Equal("no-store", token.Headers["Cache-Control"]);
        Assert.StartsWith("application/json", token.Headers["Content-Type"], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Behaviour", "23")]
    public async Task A_wrong_secret_and_an_unknown_client_are_told_the_same()
    {
        const string Documented = """{"error":"invalid_client","error_description":"invalid client credentials"}""";

        var wrongSecret = await (stack.DemoClient() with { ClientSecret = "wrong" }).ClientCredentialsAsync();
        var unknown = await (stack.DemoClient() with { ClientId = "unknown" }).ClientCredentialsAsync();

        wrongSecret.Is(HttpStatusCode.Unauthorized, Documented);
        unknown.Is(HttpStatusCode.Unauthorized, Documented);
        Assert.StartsWith("Basic", wrongSecret.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        Assert.StartsWith("Basic", unknown.Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_without_client_authentication_is_malformed()
    {
        var answer = await stack.DemoClient().SendAsync(
            HttpMethod.Post, "/oauth2/token", [("grant_type", "client_credentials")], authorization: null);

        answer.Is(HttpStatusCode.BadRequest, """{"error":"invalid_request","error_description":"Client authentication required"}""");
    }

    [Theory]
    [InlineData("Basic %%%")]
    [InlineData("Basic bm9jb2xvbg==")]
    [InlineData("Basic")]
    public async Task A_malformed_Basic_header_is_refused_clearly(string header)
    {
        var answer = await stack.DemoClient().SendAsync(
            HttpMethod.Post, "/oauth2/token", [("grant_type", "client_credentials")], AuthenticationHeaderValue.Parse(header));

        Assert.True(answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized, $"{(int)answer.Status}: {answer.Body}");
        Assert.True(answer["error"] is "invalid_request" or "invalid_client", answer.Body);
    }

    [Fact]
    [Trait("Behaviour", "24")]
    public async Task The_secret_may_come_in_the_body_but_not_in_two_places()
    {
        (string, string?)[] form =
        [
            ("grant_type", "client_credentials"),
            ("client_id", stack.DemoClient().ClientId),
            ("client_secret", stack.DemoClient().Secret),
        ];

        var inBody = await stack.DemoClient().SendAsync(HttpMethod.Post, "/oauth2/token", form, authorization: null);
        var twice = await stack.DemoClient().TokenAsync(form);

        Assert.Equal(HttpStatusCode.OK, inBody.Status);
        Assert.Equal(HttpStatusCode.BadRequest, twice.Status);
        Assert.Equal("invalid_request", twice["error"]);
    }

    [Fact]
    public async Task The_document_s_own_curl_encoding_of_the_credentials_is_accepted()
    {
        // echo -n 'id:secret' | base64, without the form encoding of RFC 6749 §2.3.1.
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{stack.DemoClient().ClientId}:{stack.DemoClient().ClientSecret}"));

        var answer = await stack.DemoClient().SendAsync(
            HttpMethod.Post, "/oauth2/token", [("grant_type", "client_credentials")], new AuthenticationHeaderValue("Basic", basic));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task Without_a_token_the_API_asks_for_one()
    {
        var answer = await stack.DemoClient().SendAsync(HttpMethod.Get, "/api/tasks", form: null, authorization: null);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.StartsWith("Bearer", answer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }
}
