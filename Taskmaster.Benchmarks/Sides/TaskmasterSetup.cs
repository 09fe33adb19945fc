using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Taskmaster.Benchmarks.Flows;

namespace Taskmaster.Benchmarks.Sides;

/// <summary>What a user does before there is anything to measure, over HTTP.</summary>
internal static class TaskmasterSetup
{
    public const string WebClientSecret = "web-client-secret-0123456789-abcdefghijklmnopqrstuvwxyz";

    private const string WebClientId = "taskmaster-web";
    private const int Tasks = 10;

    public static async Task<Side> ApplyAsync(Side side)
    {
        using var browser = new Browser(side.Port);
        using var http = new HttpClient();
        var client = await RegisterClientAsync(http, side, browser, "alice@example.com");
        side = side with { Client = client };

        // Consents to what the flows ask for; from here on the page is not shown.
        _ = await browser.AuthorizeAsync(FlowSteps.AuthorizePath(side, "openid profile email offline_access"));
        await WriteTasksAsync(http, side);

        return side with { Cookie = browser.Cookie };
    }

    /// <summary>Signs up on the way to somewhere else, and gives back the code that waits there.</summary>
    private static Task<string> SignUpAsync(Browser browser, string authorizePath, string email) =>
        browser.FillInAsync("/sign-up?returnUrl=" + Uri.EscapeDataString(authorizePath), new Dictionary<string, string>
        {
            ["Name"] = "Alice",
            ["Email"] = email,
            ["Password"] = "correct horse battery staple",
        });

    /// <summary>A new user and their client.</summary>
    public static async Task<ClientAccount> RegisterClientAsync(HttpClient http, Side side, Browser browser, string email)
    {
        var redirectUri = $"http://127.0.0.1:{side.Port}/signin-oidc";
        var code = await SignUpAsync(browser, FlowSteps.AuthorizePath(WebClientId, Uri.EscapeDataString(redirectUri), "openid clients:manage"), email);
        var token = await TokenAsync(http, side, new ClientAccount(WebClientId, WebClientSecret), FlowSteps.RedeemForm(code, redirectUri));

        var client = await PostAsync(http, side.Port, "/clients", token, new JsonObject
        {
            ["name"] = "Benchmark",
            ["redirect_uris"] = new JsonArray(ClientAccount.RedirectUri),
        });
        return new ClientAccount((string)client["client_id"]!, (string)client["client_secret"]!);
    }

    /// <summary>The client's token for what its owner has, and the owner's first project.</summary>
    public static async Task<(string Token, JsonNode Project)> BeginProjectAsync(HttpClient http, Side side, ClientAccount client)
    {
        var token = await TokenAsync(http, side, client, new Dictionary<string, string> { ["grant_type"] = "client_credentials" });
        var project = await PostAsync(http, side.ApiPort, "/api/projects", token, new JsonObject { ["name"] = "API", ["description"] = "The documented API" });
        return (token, project);
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

    private static async Task<string> TokenAsync(HttpClient http, Side side, ClientAccount client, IReadOnlyDictionary<string, string> form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{side.Port}/oauth2/token") { Content = new FormUrlEncodedContent(form) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", client.Basic);
        return (string)(await AnswerAsync(http, request))["access_token"]!;
    }

    private static Task<JsonNode> PostAsync(HttpClient http, int port, string path, string token, JsonObject body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{port}{path}") { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return AnswerAsync(http, request);
    }

    private static async Task<JsonNode> AnswerAsync(HttpClient http, HttpRequestMessage request)
    {
        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(body)!
            : throw new InvalidOperationException($"{request.RequestUri} answered {(int)response.StatusCode}: {body}");
    }
}
