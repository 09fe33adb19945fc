using System.Net;
using Microsoft.Playwright;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.EndToEnd;

/// <summary>From an OAuth error page to what is wrong with the application, in a browser without JavaScript.</summary>
[Collection(Stack.Collection)]
public sealed class RequestLogTests(Stack stack, Chromium chromium) : IClassFixture<Chromium>
{
    [BrowserFact]
    public async Task A_redirect_URI_that_is_not_registered_is_found_from_the_error_page_to_the_byte_that_is_wrong()
    {
        var page = await chromium.NewPageAsync(stack.PublicOrigin, javaScript: false);
        await page.SignUpAsync(Person.Named("Alice"));
        var client = await page.RegisterAsync(stack.PublicOrigin, "My Bot", "https://yourapp.example/callback");
        var token = (await client.ClientCredentialsAsync()).AccessToken;
        Assert.Equal(HttpStatusCode.OK, (await client.GetTasksAsync(token)).Status);

        await page.GotoAsync((client with { RedirectUri = "https://yourapp.example/callback/" }).AuthorizeUrl());
        await page.GetByText("https://yourapp.example/callback/", new() { Exact = true }).WaitForAsync();
        var log = page.GetByRole(AriaRole.Link, new() { Name = "Its request log" });
        var address = await log.GetAttributeAsync("href");
        await log.ClickAsync();

        // It is written in the background, and the page has no script to wait for it.
        var trouble = page.GetByRole(AriaRole.Heading, new() { Name = "The redirect URI is not registered" });
        while (!await trouble.IsVisibleAsync())
        {
            await page.ReloadAsync();
        }

        await page.GetByText("There is a slash at the end that the registered one does not have.").WaitForAsync();
        await page.GetByText("Byte 33: / (2F) was sent, nothing is registered.").WaitForAsync();
        Assert.Equal(["/", ""], await page.Locator(".uris mark").AllInnerTextsAsync());
        Assert.Equal(0, await page.GetByRole(AriaRole.Link, new() { Name = "GET /api/tasks" }).CountAsync());

        await page.GetByLabel("Errors only").UncheckAsync();
        await page.GetByLabel("Endpoint", new() { Exact = true }).SelectOptionAsync("Tasks API");
        await page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();
        var asked = page.GetByRole(AriaRole.Link, new() { Name = "GET /api/tasks" });
        while (!await asked.IsVisibleAsync())
        {
            await page.ReloadAsync();
        }

        await asked.ClickAsync();
        Assert.Contains(
            "-H 'Authorization: Bearer ACCESS_TOKEN'", await page.GetByLabel("As curl").InputValueAsync(), StringComparison.Ordinal);

        await page.GotoAsync($"/developer/{client.ClientId}");
        await page.GetByText("in 24 hours: 3, with an error: 1.").WaitForAsync();

        var mallory = await chromium.NewPageAsync(stack.PublicOrigin, javaScript: false);
        await mallory.SignUpAsync(Person.Named("Mallory"));
        Assert.Equal(404, (await mallory.GotoAsync(address!))!.Status);
    }
}
