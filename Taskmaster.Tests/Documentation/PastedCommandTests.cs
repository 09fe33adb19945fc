using System.Text.Json.Nodes;
using System.Web;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.Documentation;

/// <summary>What a reader pastes from README and the flow documents, word for word but for the host and the placeholders.</summary>
[Collection(Stack.Collection)]
public sealed class PastedCommandTests(Stack stack)
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/client-credentials-flow.md")]
    public async Task The_client_credentials_flow_runs_as_written(string document)
    {
        var client = stack.DemoClient();

        var token = await PasteAsync(new Document(document).Commands("grant_type=client_credentials")[0], client);
        var accessToken = token["access_token"]!.GetValue<string>();
        var tasks = await PasteAsync(
            new Document(document).Commands("/api/tasks")[^1].Replace("your_access_token", accessToken, StringComparison.Ordinal), client);

        Assert.NotEmpty(tasks.AsArray());
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/authorization-code-flow.md")]
    public async Task The_authorization_code_flow_runs_as_written(string document)
    {
        const string Callback = "https://yourapp.com/auth/callback";
        var pkce = await Shell.RunAsync(string.Join('\n', new Document("docs/authorization-code-flow.md").Commands("code_verifier=$("))
            + "\necho \"$code_verifier $code_challenge\"");
        var (verifier, challenge) = (pkce.Split(' ')[0], pkce.Split(' ')[1].Trim());
        var usesPkce = new Document(document).Contains("code_verifier=<CODE_VERIFIER>");
        using var browser = stack.Browser();
        await browser.SignUpAsync(Person.Named("Alice"));
        var client = await browser.RegisterClientAsync("My Task Management App", Callback);
        await browser.OpenAsync(client.AuthorizeUrl("openid offline_access", pkce: usesPkce ? new Pkce(verifier, challenge) : null));
        await browser.SubmitAsync("Allow");
        var code = HttpUtility.ParseQueryString(browser.Redirect!.Query)["code"]!;

        var tokens = await PasteAsync(
            new Document(document).Commands("grant_type=authorization_code")[0]
                .Replace("the_code", code, StringComparison.Ordinal)
                .Replace("<AUTHORIZATION_CODE>", code, StringComparison.Ordinal)
                .Replace("<CODE_VERIFIER>", verifier, StringComparison.Ordinal),
            client);

        Assert.NotNull(tokens["id_token"]);
        if (new Document(document).Contains("grant_type=refresh_token"))
        {
            var refreshed = await PasteAsync(
                new Document(document).Commands("grant_type=refresh_token")[0]
                    .Replace("<REFRESH_TOKEN>", tokens["refresh_token"]!.GetValue<string>(), StringComparison.Ordinal),
                client);
            Assert.NotNull(refreshed["access_token"]);
        }
    }

    [Fact]
    public void README_and_CI_use_the_same_test_command()
    {
        var command = Assert.Single(new Document("README.md").Commands("dotnet test"));

        Assert.True(new Document(".ci/run").Contains($"\n{command} "), $".ci/run does not run '{command}'.");
    }

    private async Task<JsonNode> PasteAsync(string command, RegisteredClient client) =>
        JsonNode.Parse(await Shell.RunAsync(command
            .Replace("curl ", "curl -sS ", StringComparison.Ordinal)
            .Replace("http://localhost:5080", stack.Issuer(), StringComparison.Ordinal)
            .Replace("your_client_id:your_client_secret", $"{client.ClientId}:{client.ClientSecret}", StringComparison.Ordinal)))!;
}
