using System.Globalization;

namespace Taskmaster.Trial;

/// <summary>Every replica is replaced, one after the other, while requests come at a constant rate.</summary>
internal static class RollingRestart
{
    public const int PerSecond = 200;

    /// <summary>How long a replica that has just started gets few requests, beside the others: slowstart of deploy/haproxy.</summary>
    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(10);

    /// <param name="stack">What is restarted.</param>
    /// <param name="http">Sends the requests.</param>
    /// <param name="isAnnounced">
    /// Whether the balancer hears of it before the replica gets SIGTERM, as an orchestrator does it; otherwise the replica itself must
    /// see to it that no request is lost.
    /// </param>
    public static async Task RunAsync(ReplicaStack stack, HttpClient http, bool isAnnounced)
    {
        using var load = await Load.StartAsync(PerSecond, stack, http);
        var slowest = TimeSpan.Zero;
        foreach (var replica in stack.Services)
        {
            if (isAnnounced)
            {
                await stack.Balancer.DrainAsync(replica);
            }

            var took = await replica.Program!.TerminateAsync();
            slowest = took > slowest ? took : slowest;
            replica.Program.StartAgain();
            if (isAnnounced)
            {
                await stack.Balancer.BringBackAsync(replica);
            }

            await stack.UntilReadyAsync(replica);
            await Task.Delay(Warming);
        }

        var result = await load.StopAsync();
        var how = isAnnounced ? "the balancer told before" : "nobody told before";
        var said = $"rolling restart of {stack.Services.Count} processes at {PerSecond} requests a second, {how}: {result}; "
            + $"SIGTERM to the end {slowest.TotalSeconds.ToString("N1", CultureInfo.InvariantCulture)} s at most";
        Trial.Expect(result.Failed == 0 && slowest < TimeSpan.FromSeconds(5), $"{said}{Details(result)}");
    }

    private static string Details(LoadResult result) => result.Failed == 0 ? "" : $"\n{LoadResult.Details(result.Failures)}";
}
