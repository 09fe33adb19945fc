using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.EndToEnd;

/// <summary>From nothing to a call that answers.</summary>
[Collection(Stack.Collection)]
public sealed class FirstCallTests(Stack stack, Chromium chromium) : IClassFixture<Chromium>
{
    private const int MostClicks = 3;

    private int _clicks;

    [BrowserFact]
    public async Task Whoever_signs_up_is_three_clicks_from_a_call_that_runs_as_it_is_copied()
    {
        var page = await chromium.NewPageAsync(stack.PublicOrigin);
        await page.SignUpAsync(Person.Named("Alice"));
        await page.UntilAtAsync(new Uri(stack.PublicOrigin, "/welcome").AbsoluteUri);

        await ClickAsync(page.GetByRole(AriaRole.Link, new() { Name = "Create an application" }));
        Assert.Equal("My first application", await page.GetByLabel("Name", new() { Exact = true }).InputValueAsync());
        await ClickAsync(page.GetByRole(AriaRole.Button, new() { Name = "Create application" }));
        var curl = page.GetByLabel("curl code", new() { Exact = true });
        await curl.WaitForAsync();
        Assert.InRange(_clicks, 1, MostClicks);

        var created = (await Shell.RunAsync(await curl.InputValueAsync())).Trim().Split('\n');
        Assert.Equal("My first task", JsonNode.Parse(created[^1])!.AsArray().Single()!["title"]!.GetValue<string>());
        var again = (await Shell.RunAsync(await curl.InputValueAsync())).Trim().Split('\n');
        Assert.Equal(created, again);

        await page.GetByRole(AriaRole.Radio, new() { Name = "curl" }).FocusAsync();
        await page.PressKeysAsync("ArrowRight");
        var javaScript = page.GetByLabel("JavaScript code", new() { Exact = true });
        await javaScript.WaitForAsync();
        Assert.Equal(created[^1], (await RunAsync("tasks.mjs", "node", await javaScript.InputValueAsync())).Trim());
        Assert.False(await curl.IsVisibleAsync());
        if (await Shell.RunAsync("command -v python3 || true") is { Length: > 0 })
        {
            var python = await page.GetByLabel("Python code", new() { Exact = true }).InputValueAsync();
            Assert.Equal(created[^1], (await RunAsync("tasks.py", "python3", python)).Trim());
        }

        await page.GotoAsync("/tasks");
        await page.GetByText("My first task").First.WaitForAsync();
    }

    [BrowserFact]
    public async Task Whoever_signs_up_for_an_application_goes_on_to_it_and_not_to_the_welcome()
    {
        await using var website = await ClientWebsite.StartAsync();
        var developer = await chromium.NewPageAsync(stack.PublicOrigin, javaScript: false);
        await developer.SignUpAsync(Person.Named("Alice"));
        var client = await developer.RegisterAsync(stack.PublicOrigin, "My Task Management App", website.RedirectUri);

        var page = await chromium.NewPageAsync(stack.PublicOrigin, javaScript: false);
        await page.GotoAsync(client.AuthorizeUrl());
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign up" }).ClickAsync();
        await page.FillSignUpAsync(Person.Named("Bob"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow", Exact = true }).ClickAsync();

        await page.UntilAtAsync(website.RedirectUri);
    }

    private async Task ClickAsync(ILocator target)
    {
        _clicks++;
        await target.ClickAsync();
    }

    private static async Task<string> RunAsync(string file, string program, string text)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, file), text);
            return await Shell.RunAsync($"cd '{folder.FullName}' && {program} {file}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
