using Taskmaster.Tests.Fixtures;
using Xunit.Abstractions;

namespace Taskmaster.Tests.Agents;

/// <summary>
/// MCP clients that others wrote, unmodified and given nothing but the server's address, and the protocol's own conformance
/// runner. <c>eng/agents</c> has the flows, and which of the runner's scenarios no server but its example can take.
/// </summary>
[Collection(Stack.Collection)]
public sealed class AgentClientTests(Stack stack, ITestOutputHelper output)
{
    [NpmFact]
    public async Task Both_generations_of_the_TypeScript_SDK_and_mcp_remote_sign_in_call_tools_step_up_refresh_and_are_revoked() =>
        Assert.Contains("13 flows, 0 failed", await RunAsync(
            "run.mjs @modelcontextprotocol/sdk @modelcontextprotocol/client mcp-remote"), StringComparison.Ordinal);

    [NpmFact]
    public async Task The_protocols_conformance_runner_finds_nothing_wrong() =>
        Assert.Contains("27 scenarios passed, 0 failed", await RunAsync("conformance.mjs"), StringComparison.Ordinal);

    private async Task<string> RunAsync(string program)
    {
        var alice = Person.Named("Alice");
        using var browser = new Browser(stack.PublicOrigin);
        await browser.SignUpAsync(alice);
        var folder = Path.Combine(Repository.Root, "eng", "agents");
        await Npm.InstallAsync(folder);

        var lines = await Shell.RunAsync($"""
            cd '{folder}'
            export TASKMASTER_ORIGIN='{stack.Issuer()}' TASKMASTER_EMAIL='{alice.Email}' TASKMASTER_PASSWORD='{alice.Password}'
            node {program}
            """);

        output.WriteLine(lines);
        return lines;
    }
}
