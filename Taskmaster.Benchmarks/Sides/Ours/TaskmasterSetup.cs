using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text.Json.Nodes;

namespace Taskmaster.Benchmarks.Sides.Ours;

/// <summary>What a user does before there is anything to measure, over HTTP.</summary>
internal static class TaskmasterSetup
{
    public const string WebClientSecret = "web-client-secret-0123456789-abcdefghijklmnopqrstuvwxyz";

    private const string WebClientId = "taskmaster-web";
    private const int Tasks = 10;

    /// <summary>The side with a client, a session whose user has consented to all that the flows ask for, and ten tasks.</summary>
    public static async Task<Side> ApplyAsync(Side side)
    {
        using var browser = new Browser(side.OriginPort);
        using var http = new HttpClient();
        var token = await SignUpAsync(http, side, browser, "alice@example.com");
        side = side with { Client = await RegisterClientAsync(http, side, token) };

        // From here on the consent page is not shown.
        _ = await browser.AuthorizeAsync(side.Client.AuthorizePath(ClientAccount.AllScopes));
        await WriteTasksAsync(http, side);

        side = side with { Cookie = browser.Cookie };
        return side with { Es256Client = await Es256Setup.RegisterAsync(http, side, browser, token) };
    }

    /// <summary>A new user with a client, a project, and in it so many tasks.</summary>
    public static async Task<TaskAccount> NewAccountAsync(Side side, int size)
    {
        using var http = new HttpClient();
        using var browser = new Browser(side.OriginPort);
        var client = await RegisterClientAsync(http, side, await SignUpAsync(http, side, browser, $"owner-of-{size}@example.com"));
        var (token, project) = await BeginProjectAsync(http, side, client);
        var (owner, projectId) = ((string)project["created_by"]!, (string)project["id"]!);
        var account = new TaskAccount(side.Postgres!, TaskmasterSide.TasksDatabase, token, client.ClientId, owner, projectId);
        return await account.FillAsync(size);
    }

    /// <summary>A new user, signed up in that browser, who lets the website manage clients: its token for that.</summary>
    private static async Task<string> SignUpAsync(HttpClient http, Side side, Browser browser, string email)
    {
        var web = new ClientAccount(WebClientId, WebClientSecret, $"http://127.0.0.1:{side.OriginPort}/signin-oidc");
        var code = await FillInSignUpAsync(browser, web.AuthorizePath("openid clients:manage"), email);
        return await TokenAsync(http, side, web, web.RedeemForm(code));
    }

    private static async Task<ClientAccount> RegisterClientAsync(HttpClient http, Side side, string token)
    {
        var client = await PostAsync(http, side.Port, "/clients", token, new JsonObject
        {
            ["name"] = "Benchmark",
            ["redirect_uris"] = new JsonArray(ClientAccount.MeasuredRedirectUri),
        });
        return new ClientAccount((string)client["client_id"]!, (string)client["client_secret"]!, ClientAccount.MeasuredRedirectUri);
    }

    /// <summary>Signs up on the way to somewhere else, and gives back the code that waits there.</summary>
    private static Task<string> FillInSignUpAsync(Browser browser, string authorizePath, string email) =>
        browser.FillInAsync("/sign-up?returnUrl=" + Uri.EscapeDataString(authorizePath), new Dictionary<string, string>
        {
            ["Name"] = "Alice",
            ["Email"] = email,
            ["Password"] = "correct horse battery staple",
        });

    /// <summary>The client's token for what its owner has, and the owner's first project.</summary>
    private static async Task<(string Token, JsonNode Project)> BeginProjectAsync(HttpClient http, Side side, ClientAccount client)
    {
        var token = await TokenAsync(http, side, client, "grant_type=client_credentials");
        var project = new JsonObject { ["name"] = "API", ["description"] = "The documented API" };
        return (token, await PostAsync(http, side.ApiPort, "/api/projects", token, project));
    }

    private static async Task WriteTasksAsync(HttpClient http, Side side)
    {
        var (token, project) = await BeginProjectAsync(http, side, side.Client);
        for (var number = 0; number < Tasks; number++)
        {
            _ = await PostAsync(http, side.ApiPort, "/api/tasks", token, new JsonObject
            {
                ["title"] = string.Create(CultureInfo.InvariantCulture, $"Review API documentation {number}"),
                ["description"] = "Update the authorization code flow docs",
                ["project_id"] = (string)project["id"]!,
            });
        }
    }

    private static async Task<string> TokenAsync(HttpClient http, Side side, ClientAccount client, string form)
    {
        const string type = MediaTypeNames.Application.FormUrlEncoded;
        return (string)(await PostAsync(http, side.Port, "/oauth2/token", new("Basic", client.Basic), form, type))["access_token"]!;
    }

    private static Task<JsonNode> PostAsync(HttpClient http, int port, string path, string token, JsonObject body) =>
        PostAsync(http, port, path, new("Bearer", token), body.ToJsonString(), MediaTypeNames.Application.Json);

    private static async Task<JsonNode> PostAsync(
        HttpClient http, int port, string path, AuthenticationHeaderValue authorization, string content, string contentType)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{port}{path}")
        {
            Content = new StringContent(content, new MediaTypeHeaderValue(contentType)),
        };
        request.Headers.Authorization = authorization;
        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(body)!
            : throw new InvalidOperationException($"{path} answered {(int)response.StatusCode}: {body}");
    }
}
