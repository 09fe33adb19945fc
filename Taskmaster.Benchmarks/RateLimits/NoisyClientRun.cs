using System.Diagnostics;
using System.Globalization;
using Taskmaster.Benchmarks.Flows;
using Taskmaster.Benchmarks.Load;
using Taskmaster.Benchmarks.Machine;
using Taskmaster.Benchmarks.Measuring;
using Taskmaster.Benchmarks.Report;
using Taskmaster.Benchmarks.Sides;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.RateLimits;

/// <summary>
/// How long a client's slowest token requests take while another, which is over its rate limit, keeps knocking as fast
/// as it is refused; in turn with the same requests while nobody knocks.
/// </summary>
internal static class NoisyClientRun
{
    private const int Rounds = 31;
    private const double Seconds = 0.5;
    private const double MostTimes = 2;

    // More than the quiet client asks for in all rounds, and used up by the noisy one before. The window outlasts the run.
    private const int Limit = 200_000;

    private static readonly Dictionary<string, string> _limits = new()
    {
        ["RateLimits__token__Limit"] = Limit.ToString(CultureInfo.InvariantCulture),
        ["RateLimits__token__Window"] = "01:00:00",
    };

    public static async Task<int> RunAsync()
    {
        using var run = new Run();
        using var stop = new StopOnSignal();
        var side = await TaskmasterSide.StartAsync(run, "noisy", await RedisServer.StartAsync(run, "noisy"), _limits);
        using var http = new HttpClient();
        using var browser = new Browser(side.Port);
        var noisy = await TaskmasterSetup.RegisterClientAsync(http, side, browser, "noisy@example.com");

        var load = new LoadProcess(run);
        var (quiet, knock) = (AskForToken(side), AskForToken(side with { Client = noisy }));
        _ = await load.ExecuteAsync(new LoadJob(side.Port, 16, 60, Limit, [knock], null, []));

        // Longer than the quiet client's requests, so that it is never alone.
        var refused = new LoadJob(side.Port, 1, Seconds * 1.5, int.MaxValue, [knock with { ExpectedStatus = 429, Captures = [] }], null, []);
        using var connection = new HttpConnection(side.Port);
        _ = await load.ExecuteAsync(refused);
        _ = SlowestOf(connection, quiet);

        var (alone, beside, refusals) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            alone.Add(SlowestOf(connection, quiet));

            var knocking = load.ExecuteAsync(refused);
            beside.Add(SlowestOf(connection, quiet));
            refusals.Add((await knocking).PerSecond);
        }

        var slower = Ratio.Of([.. beside.Zip(alone, (noise, none) => noise / none)]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            token requests, 99th percentile, median of {Rounds} rounds
            alone                                   {Of(alone):0.00} ms
            beside {Of(refusals),6:N0} refusals a second        {Of(beside):0.00} ms, {Figures.Times(slower)}, to reach: < {MostTimes} ×
            """));
        return slower.Value < MostTimes ? 0 : 1;
    }

    private static double Of(IEnumerable<double> rounds) => Median.Of(rounds, round => round);

    private static LoadStep AskForToken(Side side) => FlowSteps.Of(Flow.ClientCredentials, side, string.Empty).Single();

    /// <summary>The 99th percentile of requests one after the other, in ms, each of which gets its token.</summary>
    private static double SlowestOf(HttpConnection connection, LoadStep step)
    {
        var request = LoadStep.Compose(step.Head, step.Body);
        var times = new List<double>();
        for (var watch = Stopwatch.StartNew(); watch.Elapsed.TotalSeconds < Seconds;)
        {
            var start = watch.Elapsed;
            var status = connection.Send(request);
            times.Add((watch.Elapsed - start).TotalMilliseconds);
            if (status != step.ExpectedStatus)
            {
                throw new InvalidOperationException(connection.AnswerText());
            }
        }

        return times.Order().ElementAt(times.Count * 99 / 100);
    }
}
