namespace Taskmaster.Trial;

/// <summary>What is tried of a running Taskmaster, through its public origin alone.</summary>
internal static class Trial
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(3);

    /// <summary>The flows of docs/client-credentials-flow.md and docs/authorization-code-flow.md, from a sign-up on.</summary>
    public static async Task FlowsAsync(Uri origin, string file)
    {
        using var http = new HttpClient();
        await UntilReadyAsync(http, origin);
        Say("every service answers through the public origin");

        var (browser, client) = await new Flows(http, origin).RegisterAsync();
        using var user = browser;
        Say("a user signs up and registers an application on the Developer page");

        var own = (await client.ClientCredentialsAsync()).Is(200)["access_token"];
        var title = (await client.TasksAsync(own, newTitle: "Written before the restart")).Is(201)["title"];
        Say("client credentials: a token, a project and a task written with it");

        var (code, verifier) = await Flows.AuthorizeAsync(browser, client);
        var tokens = (await client.RedeemAsync(code, verifier)).Is(200);
        _ = (await client.TasksAsync(tokens["access_token"])).Is(200);
        Say("authorization code with PKCE: consent, code, tokens, tasks read");

        tokens = (await client.RefreshAsync(tokens["refresh_token"])).Is(200);
        Say("refresh: the next pair of tokens");

        _ = (await client.RevokeAsync(own)).Is(200);
        _ = (await client.TasksAsync(own)).Is(401);
        Say("revocation: the API refuses the token at its next request");

        await Flows.SignOutAsync(browser);
        Say("sign-out: a page for users leads to signing in");
        await new KeptState(client.Id, client.Secret, tokens["access_token"], tokens["refresh_token"], own, title).WriteAsync(file);
    }

    /// <summary>What those flows have made, after a restart of everything.</summary>
    public static async Task KeptAsync(Uri origin, string file)
    {
        using var http = new HttpClient();
        var kept = await KeptState.ReadAsync(file);
        var client = new OAuthClient(http, origin, kept.ClientId, kept.ClientSecret);
        await UntilReadyAsync(http, origin);

        var own = (await client.ClientCredentialsAsync()).Is(200)["access_token"];
        if (!(await client.TasksAsync(own)).Is(200).Body.Contains(kept.Title, StringComparison.Ordinal))
        {
            throw new TrialException("The task that was written before the restart is gone.");
        }

        Say("the application, its secret and its task are there");
        _ = (await client.TasksAsync(kept.AccessToken)).Is(200);
        _ = (await client.RefreshAsync(kept.RefreshToken)).Is(200);
        Say("tokens from before the restart are good, and are refreshed");
        _ = (await client.TasksAsync(kept.RevokedToken)).Is(401);
        Say("a token that was revoked before the restart is still refused");
    }

    public static void Expect(bool held, string what)
    {
        if (!held)
        {
            throw new TrialException(what);
        }

        Say(what);
    }

    public static void Say(string passed) => Console.WriteLine($"ok      {passed}");

    /// <summary>Until the metadata, the API and the MCP server are reached through Web.</summary>
    public static async Task UntilReadyAsync(HttpClient http, Uri origin)
    {
        using var deadline = new CancellationTokenSource(LongestStart);
        using var breath = new PeriodicTimer(TimeSpan.FromSeconds(1));
        string state;
        do
        {
            state = await StateAsync(http, origin);
            if (state == "200 401 401")
            {
                return;
            }

            if (deadline.IsCancellationRequested)
            {
                throw new TrialException($"{origin} is not ready: metadata, API and MCP server answered {state}.");
            }
        }
        while (await breath.WaitForNextTickAsync());
    }

    private static async Task<string> StateAsync(HttpClient http, Uri origin)
    {
        try
        {
            var states = new List<int>();
            foreach (var path in (string[])["/.well-known/openid-configuration", "/api/tasks", "/mcp"])
            {
                using var content = new StringContent("{}");
                using var response = path == "/mcp"
                    ? await http.PostAsync(new Uri(origin, path), content)
                    : await http.GetAsync(new Uri(origin, path));
                states.Add((int)response.StatusCode);
            }

            return string.Join(' ', states);
        }
        catch (HttpRequestException exception)
        {
            return exception.Message;
        }
    }
}
