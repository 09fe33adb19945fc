using Microsoft.Playwright;
using Taskmaster.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Taskmaster.Tests.EndToEnd;

/// <summary>The pages of documentation, as a reader uses them.</summary>
[Collection(Stack.Collection)]
public sealed class DocsPageTests(Stack stack, Chromium chromium) : IClassFixture<Chromium>
{
    [BrowserFact]
    public async Task A_reader_chooses_a_language_once_and_takes_a_page_along_as_Markdown()
    {
        var page = await chromium.NewPageAsync(stack.PublicOrigin);
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.GotoAsync("/docs/getting-started");
        await Expect(page.GetByText("grant_type=client_credentials |")).ToBeVisibleAsync();

        await page.GetByText("Python", new() { Exact = true }).ClickAsync();
        await Expect(page.GetByText("import base64")).ToBeVisibleAsync();
        await Expect(page.GetByText("grant_type=client_credentials |")).ToBeHiddenAsync();
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "Python" })).ToBeCheckedAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Copy as Markdown" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Copied" }).WaitForAsync();
        Assert.StartsWith("# Getting started\n", await page.EvaluateAsync<string>("() => navigator.clipboard.readText()"), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Without_JavaScript_a_reader_searches_and_chooses_a_language_by_keyboard()
    {
        var page = await chromium.NewPageAsync(stack.PublicOrigin, javaScript: false);
        await page.GotoAsync("/docs");
        await page.GetByRole(AriaRole.Searchbox).FillAsync("xylophone");
        await page.PressKeysAsync("Enter");
        await page.GetByText("Nothing here has").WaitForAsync();
        await page.GetByRole(AriaRole.Searchbox).FillAsync("get a token call");
        await page.PressKeysAsync("Enter");
        await page.GetByRole(AriaRole.Link, new() { Name = "Getting started: 2. Get a token and call the API" }).ClickAsync();

        await page.GetByRole(AriaRole.Radio, new() { Name = "curl" }).FocusAsync();
        await page.PressKeysAsync("ArrowRight");

        await Expect(page.GetByText("node tasks.mjs")).ToBeVisibleAsync();
        Assert.EndsWith("/docs/getting-started#2-get-a-token-and-call-the-api", page.Url, StringComparison.Ordinal);
    }
}
