using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.Agents;

/// <summary>An agent that speaks to the MCP server by itself: one message, one answer. Each is a new one, let in by a new user.</summary>
internal sealed class Agent : IDisposable
{
    private readonly HttpClient _http;

    private Agent(HttpClient http, RegisteredClient client, Answer tokens, Browser user) =>
        (_http, Client, Tokens, User) = (http, client, tokens, user);

    public RegisteredClient Client { get; }

    public Answer Tokens { get; }

    /// <summary>Of the user who let it in, signed in.</summary>
    public Browser User { get; }

    public string? Token { get; set; }

    public static async Task<Agent> LetInAsync(Stack stack, string scope = "tasks:read tasks:write", Browser? user = null)
    {
        if (user is null)
        {
            user = stack.Browser();
            await user.SignUpAsync(Person.Named("Alice"));
        }

        var client = await user.RegisterClientAsync("An agent", "https://agent.example/callback");
        await user.OpenAsync(client.AuthorizeUrl(("scope", scope), ("resource", stack.Issuer() + "/mcp")));
        await user.SubmitAsync("Allow");
        var code = System.Web.HttpUtility.ParseQueryString(user.Redirect!.Query)["code"]!;
        var tokens = (await client.RedeemAsync(code)).Is(HttpStatusCode.OK);
        return new Agent(stack.CreateClient(), client, tokens, user) { Token = tokens.AccessToken };
    }

    /// <summary>A message of the revisions whose messages need nothing else.</summary>
    public async Task<Answer> SendMessageAsync(string method, JsonObject? parameters = null, Action<HttpRequestMessage>? change = null)
    {
        var message = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = method, ["params"] = parameters ?? [] };
        return await SendAsync(message.ToJsonString(), change);
    }

    public async Task<Answer> SendAsync(string body, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent(body, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        if (Token is not null)
        {
            request.Headers.Authorization = new("Bearer", Token);
        }

        change?.Invoke(request);
        return await Answer.ReadAsync(await _http.SendAsync(request));
    }

    /// <summary>What a method answers, past the event that carries it.</summary>
    public async Task<JsonObject> ResultAsync(string method, JsonObject? parameters = null)
    {
        var answer = (await SendMessageAsync(method, parameters)).Is(HttpStatusCode.OK);
        var message = JsonNode.Parse(answer.Body.Split("data: ")[^1])!.AsObject();
        return message["result"]?.AsObject() ?? throw new JsonException($"No result: {message.ToJsonString()}");
    }

    public Task<JsonObject> CallAsync(string tool, JsonObject? arguments = null) =>
        ResultAsync("tools/call", new() { ["name"] = tool, ["arguments"] = arguments ?? [] });

    /// <summary>What the tool gave.</summary>
    public async Task<JsonObject> DoAsync(string tool, JsonObject? arguments = null)
    {
        var result = await CallAsync(tool, arguments);
        Assert.True(result["isError"]?.GetValue<bool>() is not true, result.ToJsonString());
        return result["structuredContent"]!.AsObject();
    }

    /// <summary>What the agent is told of a call that did not succeed.</summary>
    public async Task<string> RefusalAsync(string tool, JsonObject? arguments = null)
    {
        var result = await CallAsync(tool, arguments);
        Assert.True(result["isError"]?.GetValue<bool>(), result.ToJsonString());
        return result["content"]![0]!["text"]!.GetValue<string>();
    }

    public async Task<string> NewProjectAsync() =>
        (await DoAsync("create_project", new() { ["name"] = "By an agent", ["description"] = "For its tasks" }))["id"]!.GetValue<string>();

    /// <returns>The task's state: <c>task</c> and <c>version</c>.</returns>
    public async Task<JsonObject> NewTaskAsync(string title = "By an agent") => await DoAsync("create_task", new()
    {
        ["title"] = title,
        ["description"] = "What it is about",
        ["project_id"] = await NewProjectAsync(),
    });

    public void Dispose()
    {
        _http.Dispose();
        User.Dispose();
    }
}
