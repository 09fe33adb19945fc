using System.Globalization;
using System.Text;
using Microsoft.Playwright;
using Taskmaster.Benchmarks.Report;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Board;

/// <summary>How soon the board answers a hand, and how soon it shows what another browser did.</summary>
internal static class BoardRun
{
    private const int EachColumn = 100;
    private const int LiveChanges = 20;
    private const int Rounds = 40;
    private const double MostLive = 300;
    private const double MostToPaint = 50;

    public static async Task<int> RunAsync()
    {
        using var run = new Run();
        var site = await BoardSite.StartAsync(run);
        await using var browser = await BoardBrowser.OpenAsync(site.Origin);
        await browser.BeginAsync();
        await site.FillAsync(EachColumn);

        var board = await browser.OpenBoardAsync();
        var cards = await board.Locator(".task").CountAsync();
        var paints = await InteractAsync(board);
        var live = await FollowAsync(board, await browser.OpenBoardInAnotherWindowAsync());

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{cards} cards, {paints.Count} keys and clicks, {live.Count} changes from another window\n\n");
        BenchmarkReport.AddTargets(text,
        [
            Within("change in another window shown, median", MostLive, At(live, 0.5)),
            Within("change in another window shown, 95th percentile", double.PositiveInfinity, At(live, 0.95)),
            Within("key or click to paint, median", double.PositiveInfinity, At(paints, 0.5)),
            Within("key or click to paint, 95th percentile", MostToPaint, At(paints, 0.95)),
        ]);
        await Console.Out.WriteLineAsync(text.ToString());
        return 0;
    }

    /// <summary>Moves by key and by button, and walks from card to card.</summary>
    private static async Task<List<double>> InteractAsync(IPage board)
    {
        for (var round = 0; round < Rounds; round++)
        {
            await board.Locator("[data-status=todo] .task a").Nth(round % 5).FocusAsync();
            foreach (var key in new[] { "ArrowDown", "ArrowDown", "ArrowRight", "ArrowLeft", "Shift+ArrowRight" })
            {
                await board.Keyboard.PressAsync(key);
            }

            await board.Locator("[data-status=in_progress] .task button").First.ClickAsync();
        }

        return [.. (await board.EvaluateAsync<double[]>("window.paints")).Order()];
    }

    /// <summary>From the key in one tab to the card in another: through Web, the API, Postgres, and back by the stream.</summary>
    private static async Task<List<double>> FollowAsync(IPage actor, IPage watcher)
    {
        var times = new List<double>();
        for (var change = 0; change < LiveChanges; change++)
        {
            var card = actor.Locator("[data-status=triage] .task").Nth(change);
            var id = await card.GetAttributeAsync("data-id");
            var shown = watcher.EvaluateAsync<double>(
                """
                (id) => new Promise((resolve) => {
                  const column = document.querySelector("[data-status=todo]");
                  const observer = new MutationObserver(() => {
                    if (column.querySelector(`[data-id="${id}"]`)) {
                      observer.disconnect();
                      requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
                    }
                  });
                  observer.observe(column, { childList: true, subtree: true });
                })
                """,
                id);
            await card.Locator("a").FocusAsync();
            var pressed = await actor.EvaluateAsync<double>("performance.timeOrigin + performance.now()");
            await actor.Keyboard.PressAsync("Shift+ArrowRight");
            times.Add(await shown - pressed);
        }

        return [.. times.Order()];
    }

    private static double At(List<double> sorted, double part) => sorted[(int)Math.Ceiling(part * sorted.Count) - 1];

    private static Target Within(string what, double most, double measured) => new(
        what,
        double.IsInfinity(most) ? Figures.None : string.Create(CultureInfo.InvariantCulture, $"≤ {most} ms"),
        $"{Figures.Short(measured)} ms",
        double.IsInfinity(most) ? null : measured <= most);
}
