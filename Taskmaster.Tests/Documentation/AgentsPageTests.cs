using System.Text.Json.Nodes;
using System.Web;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Web.Snippets;

namespace Taskmaster.Tests.Documentation;

/// <summary>docs/agents.md: what its readers paste into their clients is what those clients read.</summary>
public sealed class AgentsPageTests
{
    private const string Server = "http://localhost:5080/mcp";

    [Fact]
    public void Every_configuration_is_JSON_of_the_shape_that_its_client_reads_and_names_the_server()
    {
        var configurations = new Document("docs/agents.md").Blocks("json").Select(block => JsonNode.Parse(block)!).ToList();

        Assert.Collection(
            configurations,
            claudeCode => Assert.Equal(("http", Server), (
                (string?)claudeCode["mcpServers"]!["taskmaster"]!["type"], (string?)claudeCode["mcpServers"]!["taskmaster"]!["url"])),
            visualStudioCode => Assert.Equal(("http", Server), (
                (string?)visualStudioCode["servers"]!["taskmaster"]!["type"], (string?)visualStudioCode["servers"]!["taskmaster"]!["url"])),
            cursor => Assert.Equal(Server, (string?)cursor["mcpServers"]!["taskmaster"]!["url"]),
            gemini => Assert.Equal(Server, (string?)gemini["mcpServers"]!["taskmaster"]!["httpUrl"]),
            local =>
            {
                Assert.Equal("npx", (string?)local["mcpServers"]!["taskmaster"]!["command"]);
                Assert.Equal(
                    ["mcp-remote", Server], local["mcpServers"]!["taskmaster"]!["args"]!.AsArray().Select(argument => (string?)argument));
            });
    }

    [Fact]
    public void The_links_that_open_an_editor_hold_the_address_and_nothing_else()
    {
        var origin = new PublicOrigin { Uri = new Uri("http://localhost:5080") };

        var cursor = HttpUtility.ParseQueryString(new Uri(AgentLinks.Cursor(origin)).Query);
        Assert.Equal("taskmaster", cursor["name"]);
        Assert.Equal($$"""{"url":"{{Server}}"}""", System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(cursor["config"]!)));

        var code = AgentLinks.VisualStudioCode(origin);
        Assert.StartsWith("vscode:mcp/install?", code, StringComparison.Ordinal);
        Assert.Equal(
            $$"""{"name":"taskmaster","type":"http","url":"{{Server}}"}""",
            Uri.UnescapeDataString(code["vscode:mcp/install?".Length..]));
    }
}
