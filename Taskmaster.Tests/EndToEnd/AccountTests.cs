using System.Net;
using System.Text.RegularExpressions;
using System.Web;
using Microsoft.Playwright;
using Taskmaster.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Taskmaster.Tests.EndToEnd;

/// <summary>What a person does on the account page, in a real browser, with and without JavaScript.</summary>
[Collection(Stack.Collection)]
public sealed class AccountTests(Stack stack, Chromium chromium) : IClassFixture<Chromium>
{
    [BrowserFact]
    [Trait("Behaviour", "28")]
    [Trait("Behaviour", "33")]
    public async Task An_application_that_is_disconnected_has_no_access_at_its_next_request()
    {
        var page = await chromium.NewPageAsync(stack.PublicOrigin, javaScript: false);
        await page.SignUpAsync(Person.Named("Alice"));
        var (client, token) = await LetInAsync(page, "My Calendar");
        await client.CreateAsync("/api/projects", token, """{"name":"Holidays","description":"Work"}""");

        await page.GotoAsync("/account");
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "My Calendar" }).First;
        await Expect(row).ToContainTextAsync(new Regex(@"Created\s+Holidays"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Disconnect My Calendar", Exact = true }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Application disconnected. Its access has ended.");
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetTasksAsync(token)).Status);
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Recent activity" })).ToContainTextAsync("Application disconnected");
    }

    [BrowserFact]
    [Trait("Behaviour", "33")]
    public async Task All_applications_are_disconnected_at_once_after_a_second_thought()
    {
        var page = await chromium.NewPageAsync(stack.PublicOrigin, javaScript: false);
        await page.SignUpAsync(Person.Named("Alice"));
        var (first, firstToken) = await LetInAsync(page, "My Calendar");
        var (second, secondToken) = await LetInAsync(page, "My Robot");

        await page.GotoAsync("/account");
        await page.GetByText("Disconnect all", new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Disconnect all applications", Exact = true }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Applications you have let in" })).ToContainTextAsync("None.");
        Assert.Equal(HttpStatusCode.Unauthorized, (await first.GetTasksAsync(firstToken)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await second.GetTasksAsync(secondToken)).Status);
    }

    [BrowserFact]
    [Trait("Behaviour", "33")]
    public async Task A_browser_that_is_signed_out_from_another_one_has_to_sign_in_again_and_this_one_has_not()
    {
        var alice = Person.Named("Alice");
        var here = await chromium.NewPageAsync(stack.PublicOrigin);
        await here.SignUpAsync(alice);
        var (there, elsewhere) = (await SignInElsewhereAsync(alice), await SignInElsewhereAsync(alice));

        await here.GotoAsync("/account");
        var browsers = here.GetByRole(AriaRole.Region, new() { Name = "Where you are signed in" });
        await Expect(browsers.GetByText("This browser", new() { Exact = true })).ToHaveCountAsync(1);
        await Expect(browsers.Locator("tbody tr")).ToHaveCountAsync(3);

        // Newest use first, so the first that is not this browser is the last that signed in.
        await browsers.GetByRole(AriaRole.Button, new() { NameRegex = new("^Sign out Chrome on Linux at ") }).First.ClickAsync();
        await Expect(here.GetByRole(AriaRole.Status)).ToHaveTextAsync("That browser is signed out.");
        await Expect(browsers.Locator("tbody tr")).ToHaveCountAsync(2);

        await browsers.GetByText("Sign out everywhere else", new() { Exact = true }).ClickAsync();
        await browsers.GetByRole(AriaRole.Button, new() { Name = "Sign out all other browsers", Exact = true }).ClickAsync();
        await Expect(here.GetByRole(AriaRole.Status)).ToHaveTextAsync("All other browsers are signed out.");
        await Expect(browsers.Locator("tbody tr")).ToHaveCountAsync(1);

        foreach (var ended in new[] { there, elsewhere })
        {
            await ended.GotoAsync("/password");
            Assert.Contains("/sign-in", ended.Url, StringComparison.Ordinal);
            await ended.GotoAsync("/projects");
            Assert.NotEqual("Projects", await ended.GetByRole(AriaRole.Heading, new() { Level = 1 }).TextContentAsync());
        }

        await here.GotoAsync("/projects");
        await Expect(here.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Projects");
    }

    /// <summary>An application of somebody else's, and the token it got when this page's user let it in.</summary>
    private async Task<(RegisteredClient Client, string AccessToken)> LetInAsync(IPage page, string name)
    {
        await using var website = await ClientWebsite.StartAsync();
        using var developer = stack.Browser();
        await developer.SignUpAsync(Person.Named("Olivia"));
        var client = await developer.RegisterClientAsync(name, website.RedirectUri);

        await page.GotoAsync(client.AuthorizeUrl(state: "xyz", scope: "openid tasks:read tasks:write"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow", Exact = true }).ClickAsync();
        await page.UntilAtAsync(website.RedirectUri);
        var code = HttpUtility.ParseQueryString(new Uri(page.Url).Query)["code"]!;
        return (client, (await client.RedeemAsync(code)).AccessToken);
    }

    private async Task<IPage> SignInElsewhereAsync(Person person)
    {
        var page = await chromium.NewPageAsync(stack.PublicOrigin);
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Email", new() { Exact = true }).FillAsync(person.Email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(person.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.UntilAtAsync(new Uri(stack.PublicOrigin, "/projects").AbsoluteUri);
        return page;
    }
}
