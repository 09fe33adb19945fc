using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.Documentation;

/// <summary>
/// The programs of the pages for whoever writes a client, word for word but for the host and the placeholders. Those of the two
/// flows are in <see cref="PastedCommandTests"/>.
/// </summary>
[Collection(Stack.Collection)]
public sealed class ClientPageCommandTests(Stack stack)
{
    private const string GettingStarted = "docs/getting-started.md";

    [Fact]
    public async Task Every_command_is_answered_as_its_page_says()
    {
        using var browser = stack.Browser();
        await browser.SignUpAsync(Person.Named("Alice"));
        var client = await browser.RegisterClientAsync("My first program", "http://localhost:8080/callback");
        await browser.OpenAsync("/developer/api-keys");
        await browser.SubmitAsync("Create API key", ("Name", "My script"));
        var key = browser.Value("API key");
        await browser.OpenAsync("/developer/new");
        browser.Tick("Public:", ticked: true);
        await browser.SubmitAsync("Create application", ("Name", "My television"));
        var device = browser.Value("Client ID");
        var token = (await client.ClientCredentialsAsync()).AccessToken;

        Assert.Contains("\"title\":\"Choose a typeface\"", await RunAsync(GettingStarted), StringComparison.Ordinal);
        Assert.Contains("Choose a typeface", await RunAsync("docs/api-keys.md"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 OK", await RunAsync("docs/tasks-api.md"), StringComparison.Ordinal);
        Assert.Contains("\"user_code\":", await RunAsync("docs/device-authorization.md", device), StringComparison.Ordinal);
        Assert.Contains(
            "urn:ietf:params:oauth:request_uri:",
            await RunAsync("docs/pushed-authorization-requests.md"), StringComparison.Ordinal);
        Assert.Contains("\"registration_access_token\":", await RunAsync("docs/registration.md"), StringComparison.Ordinal);

        // A stream does not end: its first line says enough.
        var events = new Document("docs/events.md").Blocks("bash");
        Assert.Equal(2, events.Length);
        var listen = Filled(events[0], client);
        Assert.Equal(
            "event: heartbeat\n",
            await Shell.RunAsync($"TOKEN={token}\nread -r first < <({listen.Trim()} 2> /dev/null)\necho \"$first\""));

        Assert.Contains("\"next\":", await Shell.RunAsync($"TOKEN={token}\n{Filled(events[1], client)}"), StringComparison.Ordinal);

        var found = await RunAsync("docs/agents.md");
        foreach (var header in new Document("docs/agents.md").Blocks("http")[0].Trim().Split('\n'))
        {
            Assert.Contains(Filled(header, client), found, StringComparison.Ordinal);
        }

        Assert.Contains("\"authorization_servers\":", found, StringComparison.Ordinal);
        Assert.Contains($"{stack.Issuer()}/oauth2/token\"", found, StringComparison.Ordinal);

        Task<string> RunAsync(string page, string? clientId = null)
        {
            var commands = new Document(page).Blocks("bash")
                .Where(block => !block.StartsWith("dotnet run", StringComparison.Ordinal))
                .Select(block => Filled(block, client).Replace("your_api_key", key, StringComparison.Ordinal));
            return Shell.RunAsync(
                $"CLIENT_ID={clientId ?? client.ClientId}\nCLIENT_SECRET={client.ClientSecret}\nTOKEN={token}\n{string.Join('\n', commands)}");
        }
    }

    [NpmFact]
    public Task The_first_call_runs_as_written_in_JavaScript() => ShowsTheTasksAsync("javascript", "node --input-type=module -");

    [PythonFact]
    public Task The_first_call_runs_as_written_in_Python() => ShowsTheTasksAsync("python", "python3 -");

    private async Task ShowsTheTasksAsync(string language, string run)
    {
        var program = Filled(Assert.Single(new Document(GettingStarted).Blocks(language)), stack.DemoClient());

        Assert.StartsWith("[{\"id\":\"", await Shell.RunAsync($"{run} << 'END'\n{program}END\n"), StringComparison.Ordinal);
    }

    private string Filled(string text, RegisteredClient client) => text
        .Replace("http://localhost:5080", stack.Issuer(), StringComparison.Ordinal)
        .Replace("your_client_id:your_client_secret", $"{client.ClientId}:{client.ClientSecret}", StringComparison.Ordinal);
}
