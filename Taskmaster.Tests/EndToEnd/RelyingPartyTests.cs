using Taskmaster.Tests.Fixtures;
using Xunit.Abstractions;

namespace Taskmaster.Tests.EndToEnd;

/// <summary>
/// The libraries that the OpenID Foundation has certified as relying parties, unmodified, against the whole of Taskmaster:
/// what they expect after reading discovery works. <c>eng/relying-party</c> has the flows.
/// </summary>
[Collection(Stack.Collection)]
public sealed class RelyingPartyTests(Stack stack, ITestOutputHelper output)
{
    [NpmFact]
    public async Task Openid_client_and_oauth4webapi_run_through_every_flow()
    {
        var alice = Person.Named("Alice");
        using var browser = new Browser(stack.PublicOrigin);
        await browser.SignUpAsync(alice);
        var client = await browser.RegisterRelyingPartyAsync("Relying party", "https://client.example/callback", "https://client.example/signed-out");
        var folder = Path.Combine(Repository.Root, "eng", "relying-party");
        await Npm.InstallAsync(folder);

        var lines = await Shell.RunAsync($"""
            cd '{folder}'
            export TASKMASTER_ORIGIN='{stack.PublicOrigin.GetLeftPart(UriPartial.Authority)}'
            export TASKMASTER_EMAIL='{alice.Email}' TASKMASTER_PASSWORD='{alice.Password}'
            export TASKMASTER_CLIENT_ID='{client.ClientId}' TASKMASTER_CLIENT_SECRET='{client.ClientSecret}'
            node run.mjs
            """);

        output.WriteLine(lines);
        Assert.Contains("45 flows, 0 failed", lines, StringComparison.Ordinal);
    }
}
