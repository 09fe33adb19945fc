using Microsoft.Playwright;

namespace Taskmaster.Tests.Fixtures;

/// <summary>The real browser. One process a test class; each test takes a context of its own, which shares no cookies.</summary>
public sealed class Chromium : IAsyncLifetime
{
    // Debian's Chromium may not sandbox as root, and must not look for its maker's hosts.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (BrowserFactAttribute.ExecutablePath is not { } executable)
        {
            return;
        }

        // As long as Playwright waits for anything else: five seconds are short on a machine with much else to do.
        Assertions.SetDefaultExpectTimeout(30_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = executable, Args = Arguments });
    }

    public async Task<IPage> NewPageAsync(Uri origin, bool javaScript = true)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = origin.AbsoluteUri,
            JavaScriptEnabled = javaScript,
        });
        return await context.NewPageAsync();
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
