using System.Net;
using System.Web;
using Microsoft.Playwright;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.EndToEnd;

/// <summary>What a person does, in a real browser on the public origin.</summary>
[Collection(Stack.Collection)]
public sealed class BrowserTests(Stack stack, Chromium chromium) : IClassFixture<Chromium>
{
    [BrowserFact]
    public async Task A_person_signs_up_registers_an_application_and_its_credentials_open_the_API()
    {
        var page = await chromium.NewPageAsync(stack.PublicOrigin);
        await page.SignUpAsync(Person.Named("Alice"));

        var client = await page.RegisterAsync(stack.PublicOrigin, "My Task Management Bot");

        var token = await client.ClientCredentialsAsync();
        Assert.Equal(HttpStatusCode.OK, token.Status);
        (await client.GetTasksAsync(token.AccessToken)).Is(HttpStatusCode.OK, "[]");
    }

    [BrowserFact]
    public async Task A_secret_is_shown_once_and_then_never_again()
    {
        var page = await chromium.NewPageAsync(stack.PublicOrigin);
        await page.SignUpAsync(Person.Named("Alice"));
        var client = await page.RegisterAsync(stack.PublicOrigin, "My Task Management Bot");

        await page.GotoAsync("/developer");
        var link = await page.GetByRole(AriaRole.Link, new() { Name = "My Task Management Bot" }).GetAttributeAsync("href");

        // Until all of it is there, for which a click does not wait.
        await page.GotoAsync(link!);
        var content = await page.ContentAsync();
        Assert.Contains(client.ClientId, content, StringComparison.Ordinal);
        Assert.DoesNotContain(client.Secret, content, StringComparison.Ordinal);
        Assert.DoesNotContain(client.Secret, page.Url, StringComparison.Ordinal);
    }

    [BrowserFact]
    [Trait("Behaviour", "18")]
    public async Task A_user_who_allows_a_client_lands_on_its_website_with_a_code()
    {
        await using var website = await ClientWebsite.StartAsync();
        var (client, page) = await AtConsentAsync(website);

        await page.GetByRole(AriaRole.Button, new() { Name = "Allow", Exact = true }).ClickAsync();
        await page.UntilAtAsync(website.RedirectUri);

        var answer = HttpUtility.ParseQueryString(new Uri(page.Url).Query);
        Assert.Equal("xyz", answer["state"]);
        Assert.Equal(HttpStatusCode.OK, (await client.RedeemAsync(answer["code"]!)).Status);
    }

    [BrowserFact]
    [Trait("Behaviour", "17")]
    public async Task A_user_who_denies_a_client_lands_on_its_website_without_a_code()
    {
        await using var website = await ClientWebsite.StartAsync();
        var (_, page) = await AtConsentAsync(website);

        await page.GetByRole(AriaRole.Button, new() { Name = "Deny", Exact = true }).ClickAsync();
        await page.UntilAtAsync(website.RedirectUri);

        var answer = HttpUtility.ParseQueryString(new Uri(page.Url).Query);
        Assert.Equal("access_denied", answer["error"]);
        Assert.Equal("xyz", answer["state"]);
        Assert.Null(answer["code"]);
    }

    [BrowserFact]
    public async Task Every_form_on_the_way_works_without_JavaScript_and_by_keyboard()
    {
        var page = await chromium.NewPageAsync(stack.PublicOrigin, javaScript: false);
        var alice = Person.Named("Alice");
        await page.GotoAsync("/sign-up");
        await page.GetByLabel("Name", new() { Exact = true }).FocusAsync();
        foreach (var value in new[] { alice.Name, alice.Email, alice.Password })
        {
            await page.Keyboard.TypeAsync(value);
            await page.PressKeysAsync("Tab");
        }

        await page.PressKeysAsync("Enter");
        await page.UntilItLeftAsync("/sign-up");

        var client = await page.RegisterAsync(stack.PublicOrigin, "My Task Management Bot");
        Assert.Equal(HttpStatusCode.OK, (await client.ClientCredentialsAsync()).Status);
    }

    [BrowserFact]
    public async Task A_person_keeps_projects_and_tasks_signs_out_and_finds_them_again()
    {
        var page = await chromium.NewPageAsync(stack.PublicOrigin);
        var alice = Person.Named("Alice");
        await page.SignUpAsync(alice);
        await page.GotoAsync("/projects");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Website Redesign");
        await page.GetByLabel("Description", new() { Exact = true }).FillAsync("A fresher look");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create project", Exact = true }).ClickAsync();
        await page.GetByText("Website Redesign").First.WaitForAsync();

        await page.GotoAsync("/account");
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Email", new() { Exact = true }).FillAsync(alice.Email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(alice.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.GotoAsync("/projects");

        await page.GetByRole(AriaRole.Link, new() { Name = "Website Redesign" }).First.WaitForAsync();
    }

    private async Task<(RegisteredClient Client, IPage Page)> AtConsentAsync(ClientWebsite website)
    {
        var developer = await chromium.NewPageAsync(stack.PublicOrigin);
        await developer.SignUpAsync(Person.Named("Alice"));
        var client = await developer.RegisterAsync(stack.PublicOrigin, "My Task Management App", website.RedirectUri);

        var page = await chromium.NewPageAsync(stack.PublicOrigin);
        await page.SignUpAsync(Person.Named("Bob"));
        await page.GotoAsync(client.AuthorizeUrl(state: "xyz"));
        return (client, page);
    }
}
