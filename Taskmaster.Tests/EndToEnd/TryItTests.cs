using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.EndToEnd;

/// <summary>The code flow as the page of an application plays it with its developer.</summary>
[Collection(Stack.Collection)]
public sealed class TryItTests(Stack stack, Chromium chromium) : IClassFixture<Chromium>
{
    [BrowserFact]
    public async Task A_developer_plays_the_code_flow_with_a_code_verifier_of_the_browser()
    {
        var page = await chromium.NewPageAsync(stack.PublicOrigin);
        var alice = Person.Named("Alice");
        await page.SignUpAsync(alice);
        var client = await page.RegisterAsync(stack.PublicOrigin, "My App");
        var address = $"/developer/{client.ClientId}/try";

        await page.GotoAsync(address);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add this redirect URI" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Build the request" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Open it" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Rowheader, new() { Name = "state" }).WaitForAsync();

        // The server never had it: it comes from this tab, by the page's script.
        await Assertions.Expect(page.GetByLabel("Code verifier")).ToHaveValueAsync(new Regex("^.{43}$"));
        await page.GetByLabel("Client secret").FillAsync("wrong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Exchange the code" }).ClickAsync();
        await page.GetByRole(AriaRole.Cell, new() { Name = "invalid_client" }).WaitForAsync();

        await page.GetByLabel("Client secret").FillAsync(client.Secret);
        await page.GetByRole(AriaRole.Button, new() { Name = "Exchange the code" }).ClickAsync();
        await page.GetByText("Its nonce is that of the request.").WaitForAsync();
        await page.GetByRole(AriaRole.Cell, new() { Name = alice.Name, Exact = true }).First.WaitForAsync();
        Assert.Equal("[]", await page.Locator("pre").InnerTextAsync());
        Assert.DoesNotContain(client.Secret, await page.ContentAsync(), StringComparison.Ordinal);
        Assert.EndsWith(address + "?handler=Redeem", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_an_application_that_requires_DPoP_the_exchange_and_the_call_go_with_proofs()
    {
        using var browser = stack.Browser();
        await browser.SignUpAsync(Person.Named("Alice"));
        await browser.OpenAsync("/developer/new");
        browser.Tick("Public", ticked: true);
        await browser.SubmitAsync("Create application", ("Name", "My App"));
        var address = $"/developer/{browser.Value("Client ID")}";
        await browser.OpenAsync(address);
        browser.Tick("Require DPoP", ticked: true);
        await browser.SubmitAsync("Save");
        await browser.OpenAsync(address + "/try");
        await browser.SubmitAsync("Add this redirect URI");

        await browser.SubmitAsync("Build the request");
        await browser.FollowAsync("Open it");
        await browser.SubmitAsync("Allow");
        await browser.SubmitAsync("Exchange the code");

        Assert.Equal("DPoP", browser.Page.QuerySelectorAll("tr")
            .Single(row => row.QuerySelector("th")?.TextContent.Trim() == "token_type").QuerySelector("td")!.TextContent.Trim());
        Assert.Contains(
            "with the access token and a proof was answered by status 200", browser.Page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_JavaScript_the_server_makes_the_code_verifier_and_another_answer_is_not_taken()
    {
        using var browser = stack.Browser();
        await browser.SignUpAsync(Person.Named("Alice"));
        await browser.OpenAsync("/developer/new");
        browser.Tick("Public", ticked: true);
        await browser.SubmitAsync("Create application", ("Name", "My App"));
        var address = $"/developer/{browser.Value("Client ID")}/try";
        await browser.OpenAsync(address);
        await browser.SubmitAsync("Add this redirect URI");

        await browser.SubmitAsync("Build the request");
        await browser.FollowAsync("Open it");
        await browser.SubmitAsync("Allow");
        Assert.Equal(43, browser.Value("Code verifier").Length);
        await browser.SubmitAsync("Exchange the code");

        Assert.Contains("Its nonce is that of the request.", browser.Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("answered by status 200", browser.Page.Body!.TextContent, StringComparison.Ordinal);

        await browser.OpenAsync(address + "?code=planted&state=planted&iss=" + Uri.EscapeDataString(stack.Issuer()));
        Assert.False(browser.HasButton("Exchange the code"));
        Assert.Contains("An application stops here.", browser.Page.Body!.TextContent, StringComparison.Ordinal);
    }
}
