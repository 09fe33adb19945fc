using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.EndToEnd;

/// <summary>What axe-core finds of WCAG 2.2, levels A and AA, on every page, in light and in dark.</summary>
[Collection(Stack.Collection)]
public sealed class AccessibilityTests(Stack stack, Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly AxeRunOptions Options = new()
    {
        RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    };

    [BrowserFact]
    public async Task No_page_has_a_fault_that_axe_finds()
    {
        var page = await chromium.NewPageAsync(stack.PublicOrigin);
        foreach (var path in new[]
        {
            "/", "/sign-in", "/sign-up", "/docs", "/docs/auth/authorization-code-flow", "/docs/oauth-endpoints", "/docs/tasks-api",
            "/docs/rate-limits"
        })
        {
            await HasNoFaultAsync(page, path);
        }

        await page.SignUpAsync(Person.Named("Alice"));
        var client = await page.RegisterAsync(stack.PublicOrigin, "My Bot", "https://yourapp.example/callback");
        await HasNoFaultAsync(page);
        var token = (await client.ClientCredentialsAsync()).AccessToken;
        var project = (await client.CreateAsync("/api/projects", token, """{"name":"Website","description":"A fresher look"}"""))
            .Text("id");
        var task = "";
        foreach (var status in new[] { "backlog", "triage", "todo", "in_progress", "done", "canceled" })
        {
            task = (await client.CreateAsync(
                "/api/tasks", token, $$"""{"title":"{{status}}","description":"d","project_id":"{{project}}","status":"{{status}}"}"""))
                .Text("id");
        }

        foreach (var path in new[]
        {
            "/", "/projects", $"/projects/{project}", $"/projects/{project}/edit", $"/projects/{project}/delete", "/tasks", "/tasks/new",
            $"/tasks/{task}", $"/tasks/{task}/delete",
            "/welcome", "/developer", "/developer/new", $"/developer/{client.ClientId}", $"/developer/{client.ClientId}/try",
            $"/developer/{client.ClientId}/delete", "/developer/api-keys", "/account", "/account/activity",
            "/password", client.AuthorizeUrl(), "/nothing-there",
        })
        {
            await HasNoFaultAsync(page, path);
        }
    }

    private static async Task HasNoFaultAsync(IPage page, string path)
    {
        await page.GotoAsync(path);
        await HasNoFaultAsync(page);
    }

    private static async Task HasNoFaultAsync(IPage page)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            var result = await page.RunAxe(Options);
            Assert.NotEmpty(result.Passes);
            Assert.True(
                result.Violations.Length == 0,
                $"{page.Url}, {scheme}: "
                + $"{string.Join("; ", result.Violations.Select(fault => $"{fault.Id}: {string.Join(", ", fault.Nodes.Select(node => node.Html))}"))}");
        }
    }
}
