using System.Net;
using System.Text.Json.Nodes;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.Agents;

/// <summary>Who may ask the MCP server for what (MCP 2026-07-28, Authorization).</summary>
[Collection(Stack.Collection)]
public sealed class McpAccessTests(Stack stack)
{
    /// <summary>Half of a surrogate pair.</summary>
    private const string NoText = """{"jsonrpc":"2.0","id":1,"method":"\ud800"}""";

    private static readonly JsonObject WritingCall = new()
    {
        ["name"] = "create_project",
        ["arguments"] = new JsonObject { ["name"] = "n", ["description"] = "d" },
    };

    [Fact]
    [Trait("Behaviour", "36")]
    public async Task Without_a_token_the_challenge_says_where_to_read_on_and_what_to_ask_for()
    {
        using var agent = await Agent.LetInAsync(stack);
        agent.Token = null;
        var metadata = stack.Issuer() + "/.well-known/oauth-protected-resource/mcp";

        foreach (var (answer, scope) in new[]
        {
            (await agent.SendMessageAsync("tools/list"), "tasks:read"),
            (await agent.SendAsync("not JSON"), "tasks:read"),
            (await agent.SendAsync(NoText), "tasks:read"),
            (await agent.SendMessageAsync("tools/call", (JsonObject)WritingCall.DeepClone()), "tasks:write"),
        })
        {
            answer.IsError(HttpStatusCode.Unauthorized, "missing_token", "The Access Token is missing");
            Assert.Equal($"Bearer scope=\"{scope}\", resource_metadata=\"{metadata}\"", answer.Headers["WWW-Authenticate"]);
            Assert.Equal("no-store", answer.Headers["Cache-Control"]);
        }

        agent.Token = "made-up";
        var refused = await agent.SendMessageAsync("tools/list");
        refused.IsError(HttpStatusCode.Unauthorized, "invalid_token", "The Access Token is invalid, expired or was revoked");
        Assert.StartsWith("Bearer error=\"invalid_token\"", refused.Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_metadata_are_at_the_path_of_the_server_and_without_it()
    {
        using var http = stack.CreateClient();

        foreach (var path in new[] { "/.well-known/oauth-protected-resource/mcp", "/.well-known/oauth-protected-resource" })
        {
            var metadata = (await Answer.ReadAsync(await http.GetAsync(path))).Is(HttpStatusCode.OK).Json;
            Assert.Equal(stack.Issuer() + "/mcp", (string?)metadata["resource"]);
            Assert.Equal([stack.Issuer()], metadata["authorization_servers"]!.AsArray().Select(server => (string?)server));
            Assert.Equal(["tasks:read", "tasks:write"], metadata["scopes_supported"]!.AsArray().Select(scope => (string?)scope));

            using var head = await http.SendAsync(new(HttpMethod.Head, path));
            Assert.Equal((HttpStatusCode.OK, 0), (head.StatusCode, (await head.Content.ReadAsByteArrayAsync()).Length));
        }
    }

    [Fact]
    [Trait("Behaviour", "35")]
    public async Task A_token_for_the_server_is_none_for_the_API_and_the_other_way_round()
    {
        using var agent = await Agent.LetInAsync(stack);
        using var http = stack.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/tasks");
        request.Headers.Authorization = new("Bearer", agent.Token);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.SendAsync(request)).StatusCode);

        agent.Token = (await agent.Client.ClientCredentialsAsync()).Is(HttpStatusCode.OK).AccessToken;
        (await agent.SendMessageAsync("tools/list")).Is(HttpStatusCode.Unauthorized);

        agent.Token = (await agent.Client.ClientCredentialsAsync(("resource", stack.Issuer() + "/mcp"))).Is(HttpStatusCode.OK).AccessToken;
        Assert.NotNull(await agent.DoAsync("list_projects"));
    }

    [Fact]
    [Trait("Behaviour", "36")]
    public async Task A_tool_that_needs_more_is_refused_with_all_the_scopes_to_ask_for()
    {
        using var agent = await Agent.LetInAsync(stack, "tasks:read");

        var refused = await agent.SendMessageAsync("tools/call", (JsonObject)WritingCall.DeepClone());

        refused.IsError(HttpStatusCode.Forbidden, "insufficient_scope", "The Access Token does not have the scope tasks:write");
        Assert.StartsWith(
            "Bearer error=\"insufficient_scope\", error_description=\"The Access Token does not have the scope tasks:write\", "
            + "scope=\"tasks:read tasks:write\", resource_metadata=", refused.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        Assert.NotEmpty((await agent.ResultAsync("tools/list"))["tools"]!.AsArray());
    }

    [Fact]
    [Trait("Behaviour", "33")]
    public async Task An_agent_that_is_disconnected_is_refused_at_its_next_request()
    {
        using var agent = await Agent.LetInAsync(stack);
        Assert.NotNull(await agent.DoAsync("list_projects"));

        await agent.User.OpenAsync("/account");
        await agent.User.SubmitAsync("Disconnect An agent");

        (await agent.SendMessageAsync("tools/list")).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    [Trait("Behaviour", "40")]
    public async Task A_token_that_is_bound_to_a_key_calls_tools_with_a_proof_and_never_as_a_bearer_token()
    {
        using var agent = await Agent.LetInAsync(stack);
        var (server, key) = (stack.Issuer() + "/mcp", ProofKey.Es256());
        var nonce = (await BoundAsync(agent, key)).IsError(
            HttpStatusCode.BadRequest, "use_dpop_nonce", "The DPoP proof must have the nonce of the DPoP-Nonce header");
        key.Nonce = nonce.Headers["DPoP-Nonce"];
        agent.Token = (await BoundAsync(agent, key)).Is(HttpStatusCode.OK).AccessToken;

        var asBearer = await agent.SendMessageAsync("tools/list");
        asBearer.IsError(
            HttpStatusCode.Unauthorized, "invalid_token", "The Access Token is bound to a key: send it by the scheme DPoP, with a proof");
        Assert.StartsWith("DPoP error=\"invalid_token\"", asBearer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        Assert.EndsWith("algs=\"ES256 EdDSA Ed25519 RS256\"", asBearer.Headers["WWW-Authenticate"], StringComparison.Ordinal);

        var proof = Proof();
        var called = (await CallAsync(proof)).Is(HttpStatusCode.OK);
        Assert.Contains("\"structuredContent\":{\"projects\":[", called.Body, StringComparison.Ordinal);
        (await CallAsync(proof)).IsError(HttpStatusCode.Unauthorized, "invalid_dpop_proof", "The DPoP proof was used before");
        (await CallAsync(ProofKey.Es256().Proof("POST", server, TimeProvider.System.GetUtcNow(), agent.Token)))
            .IsError(HttpStatusCode.Unauthorized, "use_dpop_nonce", "The DPoP proof must have the nonce of the DPoP-Nonce header");

        string Proof() => key.Proof("POST", server, TimeProvider.System.GetUtcNow(), agent.Token);

        Task<Answer> CallAsync(string proof) => agent.SendMessageAsync(
            "tools/call", new() { ["name"] = "list_projects", ["arguments"] = new JsonObject() }, request =>
            {
                request.Headers.Authorization = new("DPoP", agent.Token);
                request.Headers.Add("DPoP", proof);
            });
    }

    /// <summary>A token for the server, bound to the key.</summary>
    private Task<Answer> BoundAsync(Agent agent, ProofKey key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(stack.PublicOrigin, "/oauth2/token"))
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["resource"] = stack.Issuer() + "/mcp",
            }),
        };
        request.Headers.Authorization = OAuthClient.Basic(agent.Client.ClientId, agent.Client.Secret);
        request.Headers.Add("DPoP", key.Proof("POST", stack.Issuer() + "/oauth2/token", TimeProvider.System.GetUtcNow()));
        return agent.Client.SendAsync(request);
    }

    [Theory]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost:6274", HttpStatusCode.OK)]
    public async Task A_page_of_somebody_elses_is_refused_whatever_it_shows(string origin, HttpStatusCode status)
    {
        using var agent = await Agent.LetInAsync(stack);

        (await agent.SendMessageAsync("tools/list", change: request => request.Headers.Add("Origin", origin))).Is(status);
    }

    [Fact]
    public async Task Messages_that_are_none_are_bad_requests()
    {
        using var agent = await Agent.LetInAsync(stack);

        string[] bodies =
        [
            "", "not JSON", "[]", "7", """{"jsonrpc":"2.0"}""", """{"jsonrpc":"2.0","id":null,"method":"ping"}""", NoText,
        ];
        foreach (var body in bodies)
        {
            (await agent.SendAsync(body)).Is(HttpStatusCode.BadRequest);
        }

        (await agent.SendMessageAsync("ping", change: request => request.Content = new ByteArrayContent([.. "\""u8, 0xff, .. "\""u8])
        {
            Headers = { ContentType = new("application/json") },
        })).Is(HttpStatusCode.BadRequest);
        (await agent.SendAsync(new string(' ', 65 * 1024))).Is(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("initialize", "{}")]
    [InlineData("initialize", "[]")]
    [InlineData("initialize", """{"protocolVersion":5}""")]
    [InlineData("initialize", """{"protocolVersion":"\ud800","capabilities":{},"clientInfo":{"name":"n","version":"1"}}""")]
    [InlineData("tools/call", """{"name":5}""")]
    [InlineData("tools/call", """{"name":"list_tasks","arguments":"x"}""")]
    [InlineData("tools/call", """{"name":"create_project","arguments":{"name":"\ud800","description":"d"}}""")]
    [InlineData("resources/read", """{"uri":5}""")]
    [InlineData("tools/list", "[]")]
    public async Task Params_of_another_shape_are_the_callers_mistake(string method, string parameters)
    {
        using var agent = await Agent.LetInAsync(stack);

        var answer = await agent.SendAsync($$"""{"jsonrpc":"2.0","id":7,"method":"{{method}}","params":{{parameters}}}""");

        Assert.True((int)answer.Status < 500, $"{answer.Status}: {answer.Body}");
        Assert.Contains("-32602", answer.Body, StringComparison.Ordinal);
        Assert.Contains("\"id\":7", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Behaviour", "45")]
    public async Task An_agent_that_calls_without_end_is_told_when_to_come_back()
    {
        using var agent = await Agent.LetInAsync(stack);
        using var other = await Agent.LetInAsync(stack, user: agent.User);

        var answers = new List<Answer>();
        for (var batch = 0; batch < 20 && answers.TrueForAll(answer => answer.Status is HttpStatusCode.OK); batch++)
        {
            answers.AddRange(await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => agent.SendMessageAsync("ping"))));
        }

        var refused = answers.First(answer => answer.Status is HttpStatusCode.TooManyRequests);
        Assert.InRange(int.Parse(refused.Headers["Retry-After"], provider: null), 1, 60);
        Assert.StartsWith("Too many requests. Try again in ", refused["message"], StringComparison.Ordinal);
        (await other.SendMessageAsync("ping")).Is(HttpStatusCode.OK);
    }
}
