using System.Text.Json;
using System.Text.Json.Nodes;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Web.Pages.Docs;

namespace Taskmaster.Tests.EndToEnd;

/// <summary>
/// What axe-core finds of WCAG 2.2, levels A and AA, on every page: on a phone, a tablet and a desk, in light and in dark.
/// </summary>
[Collection(Stack.Collection)]
public sealed class AccessibilityTests(Stack stack, Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly int[] Widths = [1280, 768, 360];

    private static readonly string[] Everything = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

    /// <summary>What a colour can break; nothing else of dark differs from light.</summary>
    private static readonly string[] Colors = ["color-contrast", "link-in-text-block"];

    private static readonly string Axe = ReadAxe();

    [BrowserFact]
    public async Task No_page_that_a_visitor_sees_has_a_fault_that_axe_finds()
    {
        var page = await chromium.NewPageAsync(stack.PublicOrigin);
        string[] paths =
            ["/", "/sign-in", "/sign-up", "/docs", "/docs/search?q=token", .. PublicDocs.Addresses.Values, "/nothing-there"];
        foreach (var path in paths)
        {
            await HasNoFaultAsync(page, path);
        }
    }

    [BrowserFact]
    public async Task No_page_of_a_user_has_a_fault_that_axe_finds()
    {
        var page = await chromium.NewPageAsync(stack.PublicOrigin);
        await page.SignUpAsync(Person.Named("Alice"));
        var client = await page.RegisterAsync(stack.PublicOrigin, "My Bot", "https://yourapp.example/callback");
        await HasNoFaultAsync(page);
        var token = (await client.ClientCredentialsAsync()).AccessToken;
        await HasNoFaultAsync(page, "/");
        var project = (await client.CreateAsync("/api/projects", token, """{"name":"Website","description":"A fresher look"}"""))["id"];
        var task = "";
        foreach (var status in new[] { "backlog", "triage", "todo", "in_progress", "done", "canceled" })
        {
            task = (await client.CreateAsync(
                "/api/tasks", token, $$"""{"title":"{{status}}","description":"d","project_id":"{{project}}","status":"{{status}}"}"""))["id"];
        }

        foreach (var path in new[]
        {
            "/", "/projects", $"/projects/{project}", $"/projects/{project}/edit", $"/projects/{project}/delete", "/tasks", "/tasks/new",
            $"/tasks/{task}", "/tasks/board",
            "/welcome", "/developer", "/developer/new", $"/developer/{client.ClientId}", $"/developer/{client.ClientId}/requests",
            $"/developer/{client.ClientId}/try", $"/developer/{client.ClientId}/delete", "/developer/api-keys", "/account", "/account/activity",
            "/password", client.AuthorizeUrl(),
        })
        {
            await HasNoFaultAsync(page, path);
        }

        await using var website = await DocumentServer.StartAsync();
        var agent = new RegisteredClient(
            stack.PublicOrigin, website.PublishNew(("redirect_uris", new JsonArray("http://127.0.0.1/callback"))), ClientSecret: null,
            "http://127.0.0.1:4711/callback");
        await HasNoFaultAsync(page, agent.AuthorizeUrl(pkce: Pkce.New()));
        await page.GetByRole(AriaRole.Note).WaitForAsync();
    }

    [BrowserFact]
    public async Task The_API_reference_has_no_fault_that_axe_finds()
    {
        var page = await chromium.NewPageAsync(stack.PublicOrigin);
        await HasNoFaultAsync(page, "/api/docs/");

        await page.GetByRole(AriaRole.Button, new() { Name = "Open every call, to read and to try" }).FocusAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Authorize", Exact = true }).WaitForAsync();
        await HasNoFaultAsync(page);
    }

    private static async Task HasNoFaultAsync(IPage page, string path)
    {
        await page.GotoAsync(path);
        await HasNoFaultAsync(page);
    }

    private static async Task HasNoFaultAsync(IPage page)
    {
        await page.WaitForLoadStateAsync();
        await page.EvaluateAsync(Axe);
        foreach (var width in Widths)
        {
            await page.SetViewportSizeAsync(width, 800);
            foreach (var (scheme, type, rules) in new[] { (ColorScheme.Light, "tag", Everything), (ColorScheme.Dark, "rule", Colors) })
            {
                await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
                var (passed, faults) = await RunAxeAsync(page, type, rules);
                Assert.NotEqual(0, passed);
                Assert.True(faults.Length == 0, $"{page.Url}, {width} wide, {scheme}: {string.Join("; ", faults)}");
            }
        }
    }

    /// <summary>Evaluated as it is: the helper that comes with axe-core for Playwright opens another page for each run.</summary>
    private static async Task<(int Passed, string[] Faults)> RunAxeAsync(IPage page, string type, string[] rules)
    {
        var answer = await page.EvaluateAsync<JsonElement>(
            """
            async ([type, ...values]) => {
              // Scalar's classes follow the scheme some frames later.
              const frame = () => new Promise(requestAnimationFrame);
              const byScript = document.body.matches('.dark-mode, .light-mode');
              const scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark-mode' : 'light-mode';
              while (byScript && !document.body.classList.contains(scheme)) {
                await frame();
              }

              // A colour on its way from light to dark has no contrast yet, and by script not all set out at once.
              for (let calm = 0; calm < (byScript ? 10 : 1); calm++) {
                await frame();
                for (const animation of document.getAnimations()) {
                  if (animation.effect.getComputedTiming().iterations !== Infinity) {
                    animation.finish();
                    calm = 0;
                  }
                }
              }
              const { passes, violations } = await axe.run({ runOnly: { type, values }, resultTypes: ['violations'] });
              const faults = violations.map((fault) => `${fault.id}: ${fault.nodes.map((node) => node.html).join(', ')}`);
              return { passed: passes.length, faults };
            }
            """,
            (string[])[type, .. rules]);
        return (answer.GetProperty("passed").GetInt32(), answer.GetProperty("faults").Deserialize<string[]>()!);
    }

    private static string ReadAxe()
    {
        using var script = new StreamReader(
            typeof(AxeRunOptions).Assembly.GetManifestResourceStream("Deque.AxeCore.Commons.Resources.axe.min.js")!);
        return script.ReadToEnd();
    }
}
