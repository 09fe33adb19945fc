using Microsoft.Playwright;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Board;

/// <summary>A person with a browser on the board.</summary>
internal sealed class BoardBrowser(IPlaywright playwright, IBrowser browser, IBrowserContext context, Uri origin) : IAsyncDisposable
{
    /// <summary>From the key or click to the frame that shows what came of it: a message of the frame comes after its paint.</summary>
    private const string MeasurePaints =
        """
        window.paints = [];
        for (const type of ["keydown", "click"]) {
          addEventListener(type, (event) => requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => window.paints.push(performance.now() - event.timeStamp);
            port2.postMessage(null);
          }), true);
        }
        """;

    public static async Task<BoardBrowser> OpenAsync(Uri origin)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Places.Require("chromium"),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        });
        var context = await browser.NewContextAsync(new() { BaseURL = origin.AbsoluteUri });
        await context.AddInitScriptAsync(MeasurePaints);
        return new(playwright, browser, context, origin);
    }

    /// <summary>
    /// In a window of its own, signed in as the same person: a browser draws the tabs behind another only once a second.
    /// </summary>
    public async Task<IPage> OpenBoardInAnotherWindowAsync() => await OpenBoardAsync(
        await browser.NewContextAsync(new() { BaseURL = origin.AbsoluteUri, StorageState = await context.StorageStateAsync() }));

    public Task<IPage> OpenBoardAsync() => OpenBoardAsync(context);

    private static async Task<IPage> OpenBoardAsync(IBrowserContext window)
    {
        var page = await window.NewPageAsync();
        var following = page.WaitForRequestAsync(request => request.Url.Contains("handler=Since", StringComparison.Ordinal));
        await page.GotoAsync("/tasks/board");

        // From then on it follows changes.
        await following;
        return page;
    }

    /// <summary>Signs up and adds the first task.</summary>
    public async Task BeginAsync()
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync("/sign-up");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Alice");
        await page.GetByLabel("Email", new() { Exact = true }).FillAsync("alice@example.com");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("correct horse battery 9-Staple");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign up", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sign-up", StringComparison.Ordinal));
        await page.GotoAsync("/tasks/board");
        await page.GetByLabel("Title of a new task").FillAsync("First");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".task").WaitForAsync();
        await page.CloseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
