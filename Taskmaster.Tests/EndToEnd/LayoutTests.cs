using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Web.Pages.Docs;
using static Microsoft.Playwright.Assertions;

namespace Taskmaster.Tests.EndToEnd;

/// <summary>What only a browser that draws pages shows.</summary>
[Collection(Stack.Collection)]
public sealed class LayoutTests(Stack stack, Chromium chromium) : IClassFixture<Chromium>
{
    [BrowserFact]
    public async Task No_page_is_wider_than_its_screen_however_long_a_word_people_type()
    {
        var page = await chromium.NewPageAsync(stack.PublicOrigin);
        await page.SignUpAsync(Person.Named("Alice") with { Name = new string('N', 100) });
        var client = await page.RegisterAsync(stack.PublicOrigin, new string('A', 100), "https://yourapp.example/" + new string('r', 200));
        foreach (var width in new[] { 360, 720, 1280 })
        {
            await page.SetViewportSizeAsync(width, 800);
            Assert.InRange(await WidthAsync(page), 1, width);
        }

        var token = (await client.ClientCredentialsAsync()).AccessToken;
        var project = (await client.CreateAsync("/api/projects", token, JsonSerializer.Serialize(
            new { name = new string('W', 255), description = new string('d', 500) })))["id"];
        var task = (await client.CreateAsync(
            "/api/tasks", token, JsonSerializer.Serialize(
                new { title = new string('W', 255), description = new string('d', 500), project_id = project })))["id"];
        await client.CreateAsync("/api/tasks", token, JsonSerializer.Serialize(
            new { title = "Short", description = "words of usual length", project_id = project }));
        await page.GotoAsync("/developer/api-keys");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(new string('K', 100));
        await page.GetByRole(AriaRole.Button, new() { Name = "Create API key" }).ClickAsync();
        await page.GetByText("Copy the key now").WaitForAsync();

        string[] paths =
        [
            "/", "/projects", $"/projects/{project}", $"/projects/{project}/edit", $"/projects/{project}/delete",
            "/tasks", "/tasks?q=nothing", "/tasks/new", $"/tasks/{task}", "/tasks/board",
            "/welcome", "/developer", $"/developer/{client.ClientId}", $"/developer/{client.ClientId}/requests",
            $"/developer/{client.ClientId}/try", $"/developer/{client.ClientId}/delete", "/developer/api-keys", "/developer/new", "/account", "/account/activity",
            "/docs", "/docs/search?q=token", .. PublicDocs.Addresses.Values,
            client.AuthorizeUrl(), "/password", "/nothing-there",
        ];
        foreach (var width in new[] { 360, 720, 1280 })
        {
            await page.SetViewportSizeAsync(width, 800);
            foreach (var path in paths)
            {
                await page.GotoAsync(path);
                var widest = await WidthAsync(page);
                Assert.True(widest <= width, $"{path} is {widest} pixels wide on a screen of {width}.");
            }

            // Both versions of a task that was changed meanwhile, side by side or one below the other.
            await page.GotoAsync($"/tasks/{task}");
            var other = await page.Context.NewPageAsync();
            await other.GotoAsync($"/tasks/{task}");
            await other.GetByLabel("Description", new() { Exact = true }).FillAsync(width + new string('s', 490));
            await other.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
            await other.UntilItLeftAsync(task);
            await other.CloseAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
            await page.GetByText("nothing is saved yet").WaitForAsync();
            Assert.InRange(await WidthAsync(page), 1, width);
        }
    }

    [BrowserFact]
    public async Task The_account_menu_closes_by_Escape_and_gives_the_focus_back()
    {
        var page = await chromium.NewPageAsync(stack.PublicOrigin);
        await page.SignUpAsync(Person.Named("Alice"));
        await page.GotoAsync("/projects");
        var menu = page.Locator("details.menu");

        await menu.Locator("summary").FocusAsync();
        await page.PressKeysAsync("Enter");
        await Expect(menu).ToHaveAttributeAsync("open", "");
        await page.PressKeysAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Account", Exact = true })).ToBeFocusedAsync();
        await page.PressKeysAsync("Escape");

        await Expect(menu).Not.ToHaveAttributeAsync("open", "");
        await Expect(menu.Locator("summary")).ToBeFocusedAsync();

        await page.PressKeysAsync("Enter");
        await Expect(menu).ToHaveAttributeAsync("open", "");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Projects", Exact = true }).ClickAsync();
        await Expect(menu).Not.ToHaveAttributeAsync("open", "");
    }

    [BrowserFact]
    public async Task Times_are_said_in_words_and_what_was_done_stays_until_it_is_closed()
    {
        var page = await chromium.NewPageAsync(stack.PublicOrigin);
        await page.SignUpAsync(Person.Named("Alice"));
        await page.GotoAsync("/projects");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Website");
        await page.GetByLabel("Description", new() { Exact = true }).FillAsync("A fresher look");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create project" }).ClickAsync();

        var created = page.Locator("main time").First;
        await Expect(created).ToHaveTextAsync("just now");
        await Expect(created).ToHaveAttributeAsync("title", new Regex(@"\d{4}.* · .*\d{4}, \d\d:\d\d\sUTC$"));

        var said = page.GetByRole(AriaRole.Status);
        await Expect(said).ToHaveTextAsync("Project Website created.");
        await said.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(said).ToBeEmptyAsync();
    }

    [BrowserFact]
    public async Task The_pages_of_the_authorization_server_have_a_language_an_icon_and_no_place_in_search_engines()
    {
        var page = await chromium.NewPageAsync(stack.PublicOrigin);
        await page.GotoAsync("/sign-in");

        Assert.Equal("en", await page.Locator("html").GetAttributeAsync("lang"));
        Assert.Equal("noindex", await page.Locator("meta[name=robots]").GetAttributeAsync("content"));
        Assert.Equal(2, await page.Locator("link[rel=icon]").CountAsync());
    }

    /// <summary>Of the page with its stylesheet: what is shown by a press of a button is there before that.</summary>
    private static async Task<int> WidthAsync(IPage page)
    {
        await page.WaitForLoadStateAsync();
        return await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
    }
}
