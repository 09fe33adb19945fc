using Taskmaster.Tests.Fixtures;
using Xunit.Abstractions;

namespace Taskmaster.Tests.EndToEnd;

/// <summary>
/// Client libraries that others wrote, unmodified, against the whole of Taskmaster: what they expect after reading discovery
/// works. <c>eng/relying-party</c> has the flows. The OpenID Foundation has certified the first two as relying parties.
/// </summary>
[Collection(Stack.Collection)]
public sealed class RelyingPartyTests(Stack stack, ITestOutputHelper output)
{
    [NpmFact]
    public Task Openid_client_and_oauth4webapi_run_through_every_flow() => RunAsync(50, "openid-client", "oauth4webapi");

    /// <summary>Its <c>auth()</c> is what MCP clients made of it call when the API refuses them.</summary>
    [NpmFact]
    public Task The_MCP_SDK_discovers_registers_signs_in_refreshes_and_steps_up() => RunAsync(8, "@modelcontextprotocol/sdk");

    [NpmFact]
    public Task Express_openid_connect_signs_its_user_in_and_out_there_and_here() => RunAsync(2, "express-openid-connect");

    private async Task RunAsync(int flows, params string[] libraries)
    {
        var alice = Person.Named("Alice");
        using var browser = new Browser(stack.PublicOrigin);
        await browser.SignUpAsync(alice);
        var client = await browser.RegisterRelyingPartyAsync(
            "Relying party", "https://client.example/callback", "https://client.example/signed-out");
        var folder = Path.Combine(Repository.Root, "eng", "relying-party");
        await Npm.InstallAsync(folder);

        var lines = await Shell.RunAsync($"""
            cd '{folder}'
            export TASKMASTER_ORIGIN='{stack.PublicOrigin.GetLeftPart(UriPartial.Authority)}'
            export TASKMASTER_EMAIL='{alice.Email}' TASKMASTER_PASSWORD='{alice.Password}'
            export TASKMASTER_CLIENT_ID='{client.ClientId}' TASKMASTER_CLIENT_SECRET='{client.ClientSecret}'
            node run.mjs {string.Join(' ', libraries)}
            """);

        output.WriteLine(lines);
        Assert.Contains($"{flows} flows, 0 failed", lines, StringComparison.Ordinal);
    }
}
